import { type SandboxRateLimit, SlidingWindows } from '../http/rate-limit.ts';
import type { Clock } from '../time/clock.ts';
import type { AccountData } from './account-data.ts';
import type { TickTickAccount } from './account.ts';

/** A region's accounts. Their data is made when first needed. */
export class Accounts {
  readonly all: readonly TickTickAccount[];
  readonly #createData: (account: TickTickAccount) => AccountData;
  readonly #rateLimits: readonly SandboxRateLimit[];
  readonly #clock: Clock;
  readonly #data = new Map<string, AccountData>();
  readonly #windows = new Map<string, SlidingWindows>();

  constructor(options: {
    accounts: readonly TickTickAccount[];
    createData: (account: TickTickAccount) => AccountData;
    rateLimits: readonly SandboxRateLimit[];
    clock: Clock;
  }) {
    this.all = options.accounts;
    this.#createData = options.createData;
    this.#rateLimits = options.rateLimits;
    this.#clock = options.clock;
  }

  /** The account with that name, by default the first. Throws a RangeError if there is none. */
  get(username: string | undefined): TickTickAccount {
    const account = username === undefined ? this.all[0] : this.all.find((one) => one.username === username);
    if (!account) throw new RangeError(`The sandbox has no account ${username ?? 'at all'}`);
    return account;
  }

  dataOf(username: string | undefined): AccountData {
    const account = this.get(username);
    const data = this.#data.get(account.username) ?? this.#createData(account);
    this.#data.set(account.username, data);
    return data;
  }

  /** Counts across all of the account's tokens, personal ones too. */
  rateLimitOf(username: string): SlidingWindows {
    const windows = this.#windows.get(username) ?? new SlidingWindows(this.#rateLimits, this.#clock);
    this.#windows.set(username, windows);
    return windows;
  }
}
