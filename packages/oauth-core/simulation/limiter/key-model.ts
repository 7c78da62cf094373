import type { Limit } from './history.ts';

/** One dispatch, as the rules count it. */
export interface Dispatched {
  readonly at: number;
  readonly cost: number;
  endedAt: number | undefined;
  arrivedAt: number;
}

/** The part of an interval within which a request that takes longer counts as arrived, and a clock's step. */
const GRACE = 0.05;
export const CLOCK_STEP_MS = 1;

/** The latest time at which a request counts as arrived. */
export function arrivesBy(
  { at, endedAt = Number.POSITIVE_INFINITY }: Dispatched,
  { intervalMs }: Limit,
): number {
  return Math.min(endedAt, at + intervalMs * GRACE);
}

/** What the documentation says of one key. */
export class KeyModel {
  readonly dispatches: Dispatched[] = [];
  pausedUntil = 0;
  /** When the queue last changed. */
  movedAt = 0;
  readonly #limits: readonly Limit[];

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
  }

  /** When so many more units may go. */
  freeAt(cost: number): number {
    return Math.max(this.pausedUntil, ...this.#limits.map((limit) => this.#freeAtFor(limit, cost)));
  }

  /** The most units of this limit in any window of its interval. */
  mostUnits({ intervalMs }: Limit, timeOf: (dispatched: Dispatched) => number): number {
    const sorted = this.dispatches.toSorted((one, other) => timeOf(one) - timeOf(other));
    const inWindow = sorted.map((first) => {
      const window = sorted.filter(
        (one) => timeOf(one) >= timeOf(first) && timeOf(one) < timeOf(first) + intervalMs,
      );
      return window.reduce((units, { cost }) => units + cost, 0);
    });
    return Math.max(0, ...inWindow);
  }

  #freeAtFor(limit: Limit, cost: number): number {
    const ends = this.dispatches.map((one) => ({
      until: arrivesBy(one, limit) + limit.intervalMs + CLOCK_STEP_MS,
      cost: one.cost,
    }));
    let used = ends.reduce((units, one) => units + one.cost, 0);
    let freeAt = 0;
    for (const end of ends.toSorted((one, other) => one.until - other.until)) {
      if (used + cost <= limit.limit) break;
      used -= end.cost;
      freeAt = end.until;
    }
    return freeAt;
  }
}
