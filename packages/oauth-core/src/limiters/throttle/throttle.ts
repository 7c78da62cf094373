import pThrottle from 'p-throttle';
import type { WindowLimit } from '../rate-limiter.ts';

/** `Date.now`, which p-throttle goes by, cuts off parts of milliseconds, and timers may ring one early. */
const CLOCK_ERROR_MS = 2;

/** Its time, by `Date.now`, is p-throttle's plan until it is granted. */
interface Slot {
  at: number;
}

/** The part of an interval that is kept free between windows, against jitter on the way to the service. */
const MARGIN = 0.01;

/** One limit of one key. */
export class Throttle {
  readonly spanMs: number;
  readonly #limit: number;
  readonly #ask: (slot: Slot) => Promise<void>;
  /** The last slots, at most as many as the limit. */
  readonly #slots: Slot[] = [];

  /** `onWait` is called, before {@link take} returns, if p-throttle does not grant a unit at once. */
  constructor(rate: WindowLimit, onWait: () => void) {
    this.#limit = rate.limit;
    this.spanMs = Math.ceil(rate.intervalMs * (1 + MARGIN)) + CLOCK_ERROR_MS;
    const options = { limit: rate.limit, interval: this.spanMs, strict: true, onDelay: onWait };
    this.#ask = pThrottle(options)(async (slot: Slot) => void (slot.at = Date.now()));
  }

  /** Asks for one unit, and resolves when it is granted. */
  take(): Promise<void> {
    return this.#ask(this.#addNext(this.#slots, Date.now()));
  }

  /** Milliseconds until the last of so many units would be granted if they were asked for now. */
  waitMs(units: number): number {
    const now = Date.now();
    const slots = [...this.#slots];
    let at = now;
    for (let unit = 0; unit < units; unit++) ({ at } = this.#addNext(slots, now));
    return at - now;
  }

  /** The rule of p-throttle's strict mode to the millisecond, since it does not tell how long a call will wait. */
  #addNext(slots: Slot[], now: number): Slot {
    const last = slots.at(-1);
    if (last && now - last.at > this.spanMs) slots.length = 0;
    const slot = { at: slots.length < this.#limit ? now : this.#nextAt(slots, now) };
    if (slots.push(slot) > this.#limit) slots.shift();
    return slot;
  }

  #nextAt(slots: readonly Slot[], now: number): number {
    const freed = (slots[0]?.at ?? now) + this.spanMs;
    const latest = slots.at(-1)?.at ?? now;
    return Math.max(now, freed <= latest ? latest + Math.ceil(this.spanMs / this.#limit) : freed);
  }
}
