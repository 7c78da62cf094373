import type { RateLimit } from './rate-limiter.ts';
import { spanOf } from './rate-limits.ts';

const MIN_COMPACTION = 256;

/** The dispatches of the last interval, by the monotonic clock. At most `limit` units lie in it at any time. */
export class SlidingLog {
  readonly limit: number;
  readonly spanMs: number;
  readonly #times: number[];
  readonly #costs: number[];
  #first = 0;
  #used = 0;

  /** Starts with what another log of the same key remembers, where there is one. */
  constructor(rate: RateLimit, source?: SlidingLog) {
    this.limit = rate.limit;
    this.spanMs = spanOf(rate);
    this.#times = source ? source.#times.slice(source.#first) : [];
    this.#costs = source ? source.#costs.slice(source.#first) : [];
    this.#used = source ? source.#used : 0;
  }

  measures(rate: RateLimit): boolean {
    return this.limit === rate.limit && this.spanMs === spanOf(rate);
  }

  add(time: number, cost: number): void {
    this.expire(time);
    this.#times.push(time);
    this.#costs.push(cost);
    this.#used += cost;
  }

  /** Forgets the dispatches that no longer count; says whether none is left. */
  expire(now: number): boolean {
    for (;;) {
      const time = this.#times[this.#first];
      if (time === undefined || time + this.spanMs > now) break;
      this.#used -= this.#costs[this.#first] ?? 0;
      this.#first++;
    }
    if (this.#first >= MIN_COMPACTION && this.#first * 2 >= this.#times.length) this.#compact();
    return this.#used === 0;
  }

  /**
   * The earliest time, not before `from`, at which the last of `units` more units may be dispatched when all
   * are dispatched as early as they may; more than `limit` units take several intervals.
   */
  freeAt(units: number, from: number): number {
    if (this.#used + units <= this.limit) return from;
    const rounds = Math.max(0, Math.ceil(units / this.limit) - 1);
    let excess = this.#used + units - rounds * this.limit - this.limit;
    let freeAt = from;
    for (let index = this.#first; excess > 0; index++) {
      freeAt = Math.max(from, (this.#times[index] ?? from) + this.spanMs);
      excess -= this.#costs[index] ?? excess;
    }
    return freeAt + rounds * this.spanMs;
  }

  #compact(): void {
    this.#times.splice(0, this.#first);
    this.#costs.splice(0, this.#first);
    this.#first = 0;
  }
}
