import pThrottle from 'p-throttle';
import type { WindowLimit } from '../rate-limiter.ts';

/** `Date.now`, which p-throttle goes by, cuts off parts of milliseconds, and timers may ring one early. */
const CLOCK_ERROR_MS = 2;

/** Its time is p-throttle's plan until it is granted. */
interface Slot {
  at: number;
}

/** The part of an interval that is kept free between windows, against jitter on the way to the service. */
const MARGIN = 0.01;

/** One limit of one key. */
export class Throttle {
  readonly spanMs: number;
  readonly #limit: number;
  readonly #ask: () => Promise<void>;
  /** The last slots, at most as many as the limit. */
  readonly #slots: Slot[] = [];

  constructor(rate: WindowLimit) {
    this.#limit = rate.limit;
    this.spanMs = Math.ceil(rate.intervalMs * (1 + MARGIN)) + CLOCK_ERROR_MS;
    this.#ask = pThrottle({ limit: rate.limit, interval: this.spanMs, strict: true })(async () => undefined);
  }

  /** Asks for one unit, and resolves when it is granted. */
  async take(): Promise<void> {
    const slot = this.#addNext(this.#slots, performance.now());
    await this.#ask();
    slot.at = performance.now();
  }

  /** When the last of so many units would be granted if they were asked for now. */
  grantedAt(units: number, now: number): number {
    const slots = [...this.#slots];
    let at = now;
    for (let unit = 0; unit < units; unit++) ({ at } = this.#addNext(slots, now));
    return at;
  }

  #addNext(slots: Slot[], now: number): Slot {
    const slot = { at: this.#nextAt(slots, now) };
    if (slots.push(slot) > this.#limit) slots.shift();
    return slot;
  }

  /** The rule of p-throttle's strict mode, which does not tell how long a call will wait. */
  #nextAt(slots: readonly Slot[], now: number): number {
    const [oldest] = slots;
    const latest = slots.at(-1);
    if (!oldest || !latest || slots.length < this.#limit || now - latest.at > this.spanMs) return now;
    const freed = oldest.at + this.spanMs;
    const spaced = latest.at + Math.ceil(this.spanMs / this.#limit);
    return Math.max(now, freed <= latest.at ? spaced : freed);
  }
}
