import { Lanes } from './lanes.ts';
import type { RateLimiterOptions } from './memory-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { checkLimits, checkPause } from './rate-limits.ts';
import { ThrottledLane } from './throttled-lane.ts';

/**
 * `p-throttle` (in its strict mode) behind the port, for hosts that already rely on it. `memoryRateLimiter` keeps
 * every promise of the port, and this one does not:
 *
 * - With one limit and calls of cost 1, any window of the interval holds at most `limit` dispatches. With several
 *   limits or higher costs, units are granted one after another before the call starts, so that a window of any
 *   but the shortest limit may hold one call more, and a window of the shortest one the cost of one call more.
 * - After the first burst calls are spread evenly over the interval: a backlog takes up to a third longer.
 * - A permit that is granted in a pause, or when nobody is left to take it, is lost.
 * - Limits are counted apart: calls of one key that bring different limits do not see one another.
 * - `retryAfterMs` of the {@link RateLimitError} is one interval at most, whatever the queue, and calls with
 *   `maxWaitMs` above 0 wait until it has elapsed, even if it is certain earlier that it does not suffice.
 * - It follows `Date.now`: a clock that is set back holds calls longer, one that is set forward lets them go early.
 *
 * First come, first served, abort, pauses, eviction of idle keys and the other errors are as in
 * `memoryRateLimiter`.
 */
export function throttleRateLimiter({ limits: ownLimits = [] }: RateLimiterOptions = {}): RateLimiter {
  checkLimits(ownLimits);
  const lanes = new Lanes(() => new ThrottledLane());
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
