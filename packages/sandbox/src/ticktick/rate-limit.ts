import type { Clock } from '../time/clock.ts';

/** At most `limit` requests in any window of that length. */
export interface SandboxRateLimit {
  readonly limit: number;
  readonly intervalMs: number;
}

/** What 100 a minute is known for, and 300 in five minutes is reported of. */
export const OFFICIAL_RATE_LIMITS: readonly SandboxRateLimit[] = [
  { limit: 100, intervalMs: 60_000 },
  { limit: 300, intervalMs: 300_000 },
];

/** The integration guide's one limit. */
export const GUIDE_RATE_LIMITS: readonly SandboxRateLimit[] = [{ limit: 100, intervalMs: 60_000 }];

/** A limit that a request ran into. */
export interface Refusal {
  readonly limit: SandboxRateLimit;
  /** Until the next request would pass, if none is made before. */
  readonly retryAfterMs: number;
}

/** Sliding windows over one account's requests. A refused request counts too: retrying at once keeps them full. */
export class RateLimitWindows {
  readonly #windows: { rule: SandboxRateLimit; times: number[] }[];
  readonly #clock: Clock;

  constructor(limits: readonly SandboxRateLimit[], clock: Clock) {
    this.#windows = limits.map((rule) => ({ rule, times: [] }));
    this.#clock = clock;
  }

  /** Counts a request, and says whether it is one too many. */
  count(): Refusal | undefined {
    const now = this.#clock.now();
    const refusals = this.#windows.flatMap(({ rule, times }) => {
      while (now - (times[0] ?? now) >= rule.intervalMs) times.shift();
      times.push(now);
      if (times.length <= rule.limit) return [];
      const oldest = times.at(-rule.limit) ?? now;
      return [{ limit: rule, retryAfterMs: oldest + rule.intervalMs - now }];
    });
    return refusals[0];
  }
}
