import { DAY_MS, MINUTE_MS, offsetAt } from '@context-sdk/oauth-core/client-kit';

const DAY_MINUTES = DAY_MS / MINUTE_MS;

/** The minutes at which work may begin by itself: clocks show a multiple of the granularity since midnight. */
export class Grid {
  readonly #from: number;
  readonly #timeZone: string;
  readonly #granularity: number;
  /** A search asks for the same few minutes again and again. */
  readonly #known = new Map<number, { past: number; toNext: number }>();

  /** `from` is that of the plan, in epoch milliseconds. */
  constructor(from: number, timeZone: string, granularity: number) {
    this.#from = from;
    this.#timeZone = timeZone;
    this.#granularity = granularity;
  }

  /** A minute of the plan, or the first one after it that is on the grid. */
  up(minute: number): number {
    let at = minute;
    for (let { past, toNext } = this.#look(at); past > 0; { past, toNext } = this.#look(at)) at += toNext;
    return at;
  }

  /** A minute of the plan, or the last one before it that is on the grid. */
  down(minute: number): number {
    let at = minute;
    for (let { past } = this.#look(at); past > 0; { past } = this.#look(at)) at -= past;
    return at;
  }

  /** How far a minute is from those on the grid around it. Clocks may change in between. */
  #look(minute: number): { past: number; toNext: number } {
    const known = this.#known.get(minute);
    if (known !== undefined) return known;
    const at = this.#from + minute * MINUTE_MS;
    const clock = Math.floor((at + offsetAt(at, this.#timeZone)) / MINUTE_MS);
    const ofDay = ((clock % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
    const past = ofDay % this.#granularity;
    const found = { past, toNext: Math.min(this.#granularity - past, DAY_MINUTES - ofDay) };
    this.#known.set(minute, found);
    return found;
  }
}
