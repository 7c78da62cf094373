/** The database that the sign-in library has its tables in. */
export interface AccountDatabase {
  readonly dialect: 'postgresql' | 'sqlite';
  /** Runs one statement and gives its rows as objects: `$1` stands for the first value in PostgreSQL, `?` for the next one in SQLite. */
  query(text: string, values: unknown[]): PromiseLike<readonly unknown[]>;
}

/** Encrypts the token columns, as the sign-in library does. */
export interface TokenEncryption {
  /** What the column holds for a token. */
  encrypt(token: string): string | PromiseLike<string>;
  /** The token that a column holds. */
  decrypt(text: string): string | PromiseLike<string>;
}

/** Names of a table and its columns. */
export interface AccountColumns {
  readonly user: string;
  readonly provider: string;
  readonly account: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly expiresAt: string;
  readonly scope: string;
}

/** How a library keeps accounts. */
export interface AccountLayout {
  readonly table: string;
  readonly columns: AccountColumns;
  /** Between two scopes. */
  readonly scopeSeparator: ' ' | ',';
  /** Whether `expiresAt` is always a whole number of seconds. Otherwise it is written as it was read. */
  readonly expiresInSeconds: boolean;
}
