import { type RateLimiterOptions, rateLimiterPerKey } from '../limiter-map.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { ThrottledKeyQueue } from './throttled-key-queue.ts';

/**
 * `p-throttle` (in its strict mode) behind the port, for hosts that already rely on it. `memoryRateLimiter` keeps
 * every promise of the port, and this one does not:
 *
 * - With one limit and calls of cost 1, any window of the interval holds at most `limit` dispatches. With several
 *   limits or higher costs, units are granted one after another before the call starts, so that a window may hold
 *   one call more than its limit.
 * - After the first burst calls are spread evenly over the interval: a backlog takes up to one interval longer.
 * - A permit that is granted during a pause, or when no call is left to take it, is lost.
 * - Limits are counted apart: calls of one key that bring different limits do not see one another.
 * - p-throttle does not tell how long it will wait, so `maxWaitMs` and `retryAfterMs` rest on a copy of its rule. Queued
 *   calls that a pause makes late are rejected when their time has elapsed, not before.
 * - It follows `Date.now`: a clock that is set back holds calls longer, one that is set forward lets them go early.
 *
 * First come, first served, abort, pauses, eviction of idle keys and the other errors are as in
 * `memoryRateLimiter`.
 */
export function throttleRateLimiter(options?: RateLimiterOptions): RateLimiter {
  return rateLimiterPerKey(() => new ThrottledKeyQueue(), options);
}
