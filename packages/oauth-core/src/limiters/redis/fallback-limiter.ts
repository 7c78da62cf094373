import type { WindowLimit } from '../rate-limiter.ts';
import { spanOf } from '../rate-limits.ts';
import { type Dispatch, SlidingWindow } from '../sliding-window.ts';
import type { Permit } from './grant.ts';

/** So that 1/49 of 49 is one. */
const ROUNDING = 1e-9;

/** A request that went without Redis, with an id by which Redis recognizes it if it is reported twice. */
export interface UnsyncedDispatch {
  readonly id: string;
  readonly dispatch: Dispatch;
}

/** A part of the limits, which one process may spend on one key while Redis is away. */
export class FallbackLimiter implements Permit {
  readonly #share: number;
  readonly #window = new SlidingWindow();
  /** Made once for each: {@link SlidingWindow} looks at which array it gets. */
  readonly #parts = new WeakMap<readonly WindowLimit[], WindowLimit[]>();
  /** What Redis does not know of, and would still count. */
  #unsynced: UnsyncedDispatch[] = [];
  #dispatches = 0;
  #longestMs = 0;

  constructor(share: number) {
    this.#share = share;
  }

  /** When a call may go; Infinity for one that costs more than the share ever allows. */
  freeAt(limits: readonly WindowLimit[], cost: number, now: number): number {
    const part = this.#partOf(limits);
    if (part.some(({ limit }) => cost > limit)) return Number.POSITIVE_INFINITY;
    return this.#window.freeAt(part, cost, now);
  }

  async dispatch<T>(dispatch: () => Promise<T>, cost: number): Promise<T> {
    const taken = this.#window.take(cost, performance.now());
    this.#unsynced.push({ id: `local-${++this.#dispatches}`, dispatch: taken });
    try {
      return await dispatch();
    } finally {
      this.#window.end(taken, performance.now());
    }
  }

  /** What went without Redis and still counts; it is no longer kept here. */
  takeUnsynced(lateMs: number): UnsyncedDispatch[] {
    const from = performance.now() - lateMs - this.#longestMs;
    const unsynced = this.#unsynced.filter(({ dispatch }) => dispatch.at > from);
    this.#unsynced = [];
    return unsynced;
  }

  /** Redis could not be told, as far as is known. */
  keepUnsynced(dispatches: readonly UnsyncedDispatch[]): void {
    this.#unsynced = [...dispatches, ...this.#unsynced];
  }

  isIdle(now: number): boolean {
    return this.#window.isIdle(now);
  }

  #partOf(limits: readonly WindowLimit[]): readonly WindowLimit[] {
    let part = this.#parts.get(limits);
    if (part === undefined) {
      // Rounded down, to none if need be: together the processes must not exceed the whole.
      part = limits.map(({ limit, intervalMs }) => ({
        limit: Math.floor(limit * this.#share + ROUNDING),
        intervalMs,
      }));
      this.#parts.set(limits, part);
      this.#longestMs = Math.max(this.#longestMs, ...limits.map(spanOf));
    }
    return part;
  }
}
