import { type RateLimiterOptions, rateLimiterPerKey } from '../limiter-map.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { KeyQueue } from './key-queue.ts';

export type { RateLimiterOptions } from '../limiter-map.ts';

/**
 * Limits for one process: in ANY window of a limit's interval, no more than its units are dispatched, nor arrive at
 * the service. It is a sliding log on the monotonic clock in which a request counts from its answer on, since it
 * arrived at some time between dispatch and answer; one that takes longer than 5 % of the interval counts from there.
 * Several limits hold at once, queues are first come, first served per key, and idle keys are forgotten. `dispatch` is
 * called in the same turn of the event loop that takes the permit.
 *
 * `run` rejects with:
 * - {@link RateLimitError} if `maxWaitMs` does not suffice, as soon as that is certain; its `retryAfterMs` counts the queue;
 * - {@link ConfigurationError} for a cost that exceeds a limit, or numbers out of range;
 * - the signal's reason, if it aborts before the dispatch; and whatever `dispatch` rejects with or throws.
 */
export function memoryRateLimiter(options?: RateLimiterOptions): RateLimiter {
  return rateLimiterPerKey(() => new KeyQueue(), options);
}
