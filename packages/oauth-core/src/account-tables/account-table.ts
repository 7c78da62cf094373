import { sha256 } from '../crypto/sha256.ts';
import { ConfigurationError } from '../errors/index.ts';
import { omitUndefined } from '../json/json-object.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import { sqlStoreError } from '../stores/sql/sql-errors.ts';
import type { AccountColumns, AccountDatabase, AccountLayout, TokenEncryption } from './account-database.ts';
import { readTime, writeTime } from './account-times.ts';

/** Which rows are meant. */
export interface AccountId {
  readonly provider: string;
  readonly userId: string;
  /** The account's id at the provider. Default: the user's only account there. */
  readonly accountId?: string | undefined;
}

/** What a row holds of one account. */
export interface AccountRow {
  readonly id: Required<AccountId>;
  /** As they are in the columns. */
  readonly raw: Readonly<Record<keyof AccountColumns, unknown>>;
  readonly tokens: TokenSet | undefined;
  /** Of the tokens. Empty if there are none. */
  readonly hash: string;
}

/** A provider that does not say how long a token lives gives an hour or so. */
const USUAL_LIFETIME_MS = 3_600_000;
const NAMES: readonly (keyof AccountColumns)[] = [
  'user',
  'provider',
  'account',
  'accessToken',
  'refreshToken',
  'idToken',
  'expiresAt',
  'scope',
];

/** Empty for no tokens. */
export async function hashOf(
  tokens: Pick<TokenSet, 'accessToken' | 'refreshToken'> | undefined,
): Promise<string> {
  return tokens === undefined ? '' : sha256(JSON.stringify([tokens.accessToken, tokens.refreshToken ?? '']));
}

/** The rows of a sign-in library's accounts, read and written one by one. */
export class AccountTable {
  readonly #database: AccountDatabase;
  readonly #layout: AccountLayout;
  readonly #encryption: TokenEncryption | undefined;

  constructor(database: AccountDatabase, layout: AccountLayout, encryption: TokenEncryption | undefined) {
    this.#database = database;
    this.#layout = layout;
    this.#encryption = encryption;
  }

  /** Throws {@link ConfigurationError} if the user has several accounts there and none is named. */
  async read(id: AccountId): Promise<AccountRow | undefined> {
    const { columns } = this.#layout;
    const selected = NAMES.map((name) => `${quoted(columns[name])} AS ${quoted(name)}`).join(', ');
    const rows = await this.#run(`SELECT ${selected} FROM ${this.#table} WHERE `, [
      [columns.user, '=', id.userId],
      [columns.provider, '=', id.provider],
      ...(id.accountId === undefined ? [] : [[columns.account, '=', id.accountId] as const]),
    ]);
    if (rows.length > 1)
      throw new ConfigurationError(`The user has ${rows.length} accounts at ${id.provider}: pass accountId.`);
    const [row] = rows;
    return row === undefined ? undefined : await this.#rowOf(id, row as AccountRow['raw']);
  }

  /** Writes the tokens if the row still has those that were read. Says whether it had. */
  async write({ id, raw }: AccountRow, tokens: TokenSet | undefined): Promise<boolean> {
    const { columns } = this.#layout;
    const values = tokens === undefined ? NO_TOKENS : await this.#valuesOf(tokens, raw);
    const entries = Object.entries(values) as [keyof AccountColumns, unknown][];
    const set = entries.map(([name, value]) => [columns[name], '=', value] as const);
    const rows = await this.#run(
      `UPDATE ${this.#table} SET `,
      [
        [columns.user, '=', id.userId],
        [columns.provider, '=', id.provider],
        [columns.account, '=', id.accountId],
        [columns.accessToken, 'IS NOT DISTINCT FROM', raw.accessToken],
        [columns.refreshToken, 'IS NOT DISTINCT FROM', raw.refreshToken],
      ],
      set,
    );
    return rows.length > 0;
  }

  async #rowOf({ provider, userId }: AccountId, raw: AccountRow['raw']): Promise<AccountRow> {
    const accountId = String(raw.account);
    const tokens = await this.#tokensOf(raw, accountId);
    return { id: { provider, userId, accountId }, raw, tokens, hash: await hashOf(tokens) };
  }

  async #tokensOf(raw: AccountRow['raw'], accountId: string): Promise<TokenSet | undefined> {
    const refreshToken = await this.#decrypted(raw.refreshToken);
    const accessToken = await this.#decrypted(raw.accessToken);
    if (accessToken === undefined && refreshToken === undefined) return undefined;
    // One that has expired long ago: it is refreshed before it is used.
    if (accessToken === undefined)
      return omitUndefined({
        accessToken: 'none',
        refreshToken,
        obtainedAt: 0,
        expiresAt: 1,
        scopes: [],
        accountId,
      }) as TokenSet;
    const expiresAt = readTime(raw.expiresAt);
    const obtainedAt = Math.min(Date.now(), (expiresAt ?? Date.now()) - USUAL_LIFETIME_MS);
    const scopes = typeof raw.scope === 'string' ? raw.scope.split(/[ ,]+/).filter(Boolean) : [];
    const idToken = typeof raw.idToken === 'string' && raw.idToken !== '' ? raw.idToken : undefined;
    return omitUndefined({
      accessToken,
      refreshToken,
      expiresAt,
      obtainedAt,
      scopes,
      idToken,
      accountId,
    }) as TokenSet;
  }

  async #valuesOf(
    { accessToken, refreshToken, expiresAt, scopes, idToken }: TokenSet,
    raw: AccountRow['raw'],
  ): Promise<Partial<Record<keyof AccountColumns, unknown>>> {
    const { scopeSeparator } = this.#layout;
    return {
      accessToken: await this.#encrypted(accessToken),
      refreshToken: refreshToken === undefined ? null : await this.#encrypted(refreshToken),
      expiresAt: expiresAt === undefined ? null : this.#timeOf(expiresAt, raw.expiresAt),
      ...(scopes.length > 0 && { scope: scopes.join(scopeSeparator) }),
      ...(idToken !== undefined && { idToken }),
    };
  }

  #timeOf(ms: number, like: unknown): unknown {
    if (this.#layout.expiresInSeconds) return Math.floor(ms / 1000);
    return writeTime(ms, like, this.#database.dialect === 'sqlite' ? 'text' : 'date');
  }

  async #encrypted(token: string): Promise<string> {
    return (await this.#encryption?.encrypt(token)) ?? token;
  }

  async #decrypted(text: unknown): Promise<string | undefined> {
    if (typeof text !== 'string' || text === '') return undefined;
    return (await this.#encryption?.decrypt(text)) ?? text;
  }

  get #table(): string {
    return this.#layout.table.split('.').map(quoted).join('.');
  }

  /** Numbers the values: those to set first, then those to compare with. */
  async #run(
    start: string,
    where: readonly Condition[],
    set: readonly Condition[] = [],
  ): Promise<readonly unknown[]> {
    const { dialect } = this.#database;
    const values: unknown[] = [];
    const parts = (conditions: readonly Condition[], separator: string): string =>
      conditions
        .map(([column, operator, value]) => {
          values.push(value);
          return `${quoted(column)} ${operator} ${dialect === 'sqlite' ? '?' : `$${values.length}`}`;
        })
        .join(separator);
    const isUpdate = set.length > 0;
    const text = isUpdate
      ? `${start}${parts(set, ', ')} WHERE ${parts(where, ' AND ')} RETURNING 1 AS written`
      : start + parts(where, ' AND ');
    try {
      return await this.#database.query(text, values);
    } catch (failure) {
      throw sqlStoreError('account', failure);
    }
  }
}

type Condition = readonly [column: string, operator: '=' | 'IS NOT DISTINCT FROM', value: unknown];

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null, expiresAt: null };

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
