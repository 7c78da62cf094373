import { Lane } from './lane.ts';
import { Lanes } from './lanes.ts';
import type { RateLimit, RateLimiter } from './rate-limiter.ts';
import { checkLimits, checkPause } from './rate-limits.ts';

export interface RateLimiterOptions {
  /** For calls that bring none; without them such calls are held back by pauses only. */
  limits?: readonly RateLimit[] | undefined;
}

/**
 * Limits for one process: in ANY window of a limit's interval, no more than its units are dispatched (a sliding
 * log on the monotonic clock; 1 % is added to the interval against jitter on the way to the service, so that a
 * queue moves at 99 % of the ideal). Several limits hold at once, queues are first come, first served per key,
 * and idle keys are forgotten. `dispatch` is called in the same turn of the event loop that takes the permit.
 *
 * `run` rejects with:
 * - {@link RateLimitError} if `maxWaitMs` does not suffice, as soon as that is certain; its `retryAfterMs` counts the queue;
 * - {@link ConfigurationError} for a cost that exceeds a limit, or numbers out of range;
 * - the signal's reason, if it aborts before the dispatch; and whatever `dispatch` rejects with or throws.
 */
export function memoryRateLimiter({ limits: ownLimits = [] }: RateLimiterOptions = {}): RateLimiter {
  checkLimits(ownLimits);
  const lanes = new Lanes(() => new Lane());
  return {
    run(key, dispatch, options = {}) {
      try {
        return lanes.of(key).run(dispatch, options.limits ?? ownLimits, options);
      } catch (error) {
        return Promise.reject(error);
      }
    },

    async pause(key, forMs) {
      checkPause(forMs);
      lanes.of(key).pause(forMs);
    },
  };
}
