import { createRandom } from '../../../random.ts';
import type { Clock } from '../../../time/clock.ts';
import type { GoogleAccount, GoogleAccounts } from '../../accounts.ts';
import type { HistoryRecord } from './history.ts';
import { Mailbox } from './mailbox.ts';

/** Every account's mail, made when first needed. */
export class Mailboxes {
  readonly #accounts: GoogleAccounts;
  readonly #clock: Clock;
  readonly #sendsPerDay: number;
  readonly #fill: (mailbox: Mailbox) => void;
  readonly #byAddress = new Map<string, Mailbox>();
  /** Told of every change that comes after a mailbox was filled. */
  onChange: (mailbox: Mailbox, record: HistoryRecord) => void = () => undefined;

  constructor(options: {
    accounts: GoogleAccounts;
    clock: Clock;
    sendsPerDay: number;
    /** What a mailbox holds at first. */
    fill: (mailbox: Mailbox) => void;
  }) {
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    this.#sendsPerDay = options.sendsPerDay;
    this.#fill = options.fill;
  }

  of({ email }: GoogleAccount): Mailbox {
    const known = this.#byAddress.get(email);
    if (known) return known;
    const mailbox = new Mailbox(email, this.#clock, createRandom(`gmail/${email}`));
    mailbox.sends.perDay = this.#sendsPerDay;
    this.#byAddress.set(email, mailbox);
    this.#fill(mailbox);
    mailbox.onChange = (record) => this.onChange(mailbox, record);
    return mailbox;
  }

  /** The mailbox of an address. Undefined if no account has that address. */
  find(address: string): Mailbox | undefined {
    const account = this.#accounts.find(address);
    return account && this.of(account);
  }
}
