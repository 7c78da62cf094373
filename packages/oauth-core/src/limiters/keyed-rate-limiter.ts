import { Lanes } from './lanes.ts';
import type { RateLimit, RateLimiter, RateLimiterRunOptions } from './rate-limiter.ts';
import { checkLimiterKey, checkLimits, checkPause } from './rate-limits.ts';

/** What a limiter is made with. */
export interface RateLimiterOptions {
  /** For calls that bring none; without them such calls are held back by pauses only. */
  limits?: readonly RateLimit[] | undefined;
}

/** How one key is served. */
export interface KeyedLane {
  /** Throws what makes the call impossible, and what `dispatch` throws where it is called at once. */
  run<T>(
    dispatch: () => Promise<T>,
    limits: readonly RateLimit[],
    options: RateLimiterRunOptions,
  ): Promise<T>;
  pause(forMs: number): void | Promise<void>;
  isIdle(): boolean;
}

/** A limiter that serves each key by a lane of its own. */
export function keyedRateLimiter(
  openLane: (key: string) => KeyedLane,
  { limits: ownLimits = [] }: RateLimiterOptions,
): RateLimiter {
  checkLimits(ownLimits);
  const lanes = new Lanes(openLane);
  return {
    run(key, dispatch, options = {}) {
      try {
        checkLimiterKey(key);
        return lanes.of(key).run(dispatch, options.limits ?? ownLimits, options);
      } catch (error) {
        return Promise.reject(error);
      }
    },

    async pause(key, forMs) {
      checkLimiterKey(key);
      checkPause(forMs);
      await lanes.of(key).pause(forMs);
    },
  };
}
