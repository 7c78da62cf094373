import type { Clock } from '../time/clock.ts';

/** At most `limit` requests, or units of them, in any window of that length. */
export interface SandboxRateLimit {
  readonly limit: number;
  readonly intervalMs: number;
}

/** A limit that a request ran into. */
export interface Refusal {
  readonly limit: SandboxRateLimit;
  /** Until the same request would pass, if no other is made before. */
  readonly retryAfterMs: number;
}

interface Spending {
  readonly at: number;
  readonly units: number;
}

/**
 * Sliding windows over one account's requests. Refused requests count, too: those who retry at once keep their windows
 * full, as users report of the real services.
 */
export class SlidingWindows {
  readonly #windows: { limit: SandboxRateLimit; spent: Spending[] }[];
  readonly #clock: Clock;

  constructor(limits: readonly SandboxRateLimit[], clock: Clock) {
    this.#windows = limits.map((limit) => ({ limit, spent: [] }));
    this.#clock = clock;
  }

  /** Counts a request, and returns every limit that it exceeds. */
  spend(units = 1): Refusal[] {
    const now = this.#clock.now();
    return this.#windows.flatMap(({ limit, spent }) => {
      while (now - (spent[0]?.at ?? now) >= limit.intervalMs) spent.shift();
      spent.push({ at: now, units });
      if (sum(spent) <= limit.limit) return [];
      return [{ limit, retryAfterMs: whenItFits(spent, units, limit) - now }];
    });
  }
}

/** When so much has left the window that the same request would pass. */
function whenItFits(spent: readonly Spending[], units: number, limit: SandboxRateLimit): number {
  let inWindow = sum(spent);
  for (const spending of spent) {
    inWindow -= spending.units;
    if (inWindow + units <= limit.limit) return spending.at + limit.intervalMs;
  }
  return (spent.at(-1)?.at ?? 0) + limit.intervalMs;
}

function sum(spent: readonly Spending[]): number {
  return spent.reduce((total, { units }) => total + units, 0);
}
