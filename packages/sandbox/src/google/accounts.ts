/** A Google user. */
export interface GoogleAccount {
  /** The id that never changes, as in an ID token. */
  readonly sub: string;
  /** The address; also the account's name all over the sandbox, and its primary calendar's id. */
  readonly email: string;
  readonly name: string;
}

/** Who is there unless a test says otherwise: the user, and a colleague. */
export const DEMO_GOOGLE_ACCOUNTS: readonly GoogleAccount[] = [
  { sub: '108204268033311374519', email: 'ada@example.com', name: 'Ada Okonkwo' },
  { sub: '113377910884216605283', email: 'grace@example.com', name: 'Grace Lindqvist' },
];

/** Every account, by address. */
export class GoogleAccounts {
  readonly all: readonly GoogleAccount[];

  constructor(accounts: readonly GoogleAccount[]) {
    this.all = accounts;
  }

  /** The account with that address, by default the first. Throws a RangeError if there is none. */
  get(email: string | undefined): GoogleAccount {
    const account = email === undefined ? this.all[0] : this.find(email);
    if (!account) throw new RangeError(`The sandbox has no Google account ${email ?? 'at all'}`);
    return account;
  }

  find(email: string): GoogleAccount | undefined {
    return this.all.find((account) => account.email === email.toLowerCase());
  }
}
