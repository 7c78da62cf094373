import { DAY_MS } from '../../../time/clock.ts';
import { mailSendingLimit } from '../../api/failures.ts';

/** The mails that a user has sent in the last 24 hours. https://support.google.com/a/answer/166852 */
export class Sends {
  perDay: number = Number.POSITIVE_INFINITY;
  #at: number[] = [];

  /** Counts one more, or refuses it until the first of them is a day old. */
  add(now: number): void {
    this.#at = this.#at.filter((at) => at > now - DAY_MS);
    if (this.#at.length >= this.perDay) throw mailSendingLimit((this.#at[0] ?? now) + DAY_MS);
    this.#at.push(now);
  }
}
