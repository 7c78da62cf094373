import type { RateLimit, RateLimiter, RateLimiterRunOptions } from './rate-limiter.ts';
import { checkLimiterKey, checkLimits, checkPause } from './rate-limits.ts';

/** What a limiter is made with. */
export interface RateLimiterOptions {
  /** For calls that bring no limits of their own. Default: none, so that only pauses hold such calls back. */
  limits?: readonly RateLimit[] | undefined;
}

/** Limits the calls of one key. */
export interface KeyLimiter {
  /** Throws what makes the call impossible, and what `dispatch` throws if it is called at once. */
  run<T>(
    dispatch: () => Promise<T>,
    limits: readonly RateLimit[],
    options: RateLimiterRunOptions,
  ): Promise<T>;
  pause(forMs: number): void | Promise<void>;
  isIdle(): boolean;
}

/** A limiter that serves each key with a {@link KeyLimiter} of its own. */
export function rateLimiterPerKey(
  create: (key: string) => KeyLimiter,
  { limits: ownLimits = [] }: RateLimiterOptions,
): RateLimiter {
  checkLimits(ownLimits);
  const limiters = new LimiterMap(create);
  return {
    run(key, dispatch, options = {}) {
      try {
        checkLimiterKey(key);
        return limiters.of(key).run(dispatch, options.limits ?? ownLimits, options);
      } catch (error) {
        return Promise.reject(error);
      }
    },

    async pause(key, forMs) {
      checkLimiterKey(key);
      checkPause(forMs);
      await limiters.of(key).pause(forMs);
    },
  };
}

const LOOKED_AT_PER_NEW_KEY = 2;

/**
 * The limiter of each key. An idle one can be dropped, since a new one would start in the same state: each new key
 * looks at two of the others in turn, which keeps the map within twice the keys in use without any timer.
 */
export class LimiterMap<L extends { isIdle(): boolean }> {
  readonly #limiters = new Map<string, L>();
  readonly #create: (key: string) => L;
  #turn: Iterator<[string, L]> = this.#limiters.entries();

  constructor(create: (key: string) => L) {
    this.#create = create;
  }

  get size(): number {
    return this.#limiters.size;
  }

  of(key: string): L {
    const known = this.#limiters.get(key);
    if (known) return known;
    for (let look = 0; look < LOOKED_AT_PER_NEW_KEY; look++) this.#dropNextIfIdle();
    const limiter = this.#create(key);
    this.#limiters.set(key, limiter);
    return limiter;
  }

  #dropNextIfIdle(): void {
    const next = this.#turn.next();
    if (next.done) this.#turn = this.#limiters.entries();
    else if (next.value[1].isIdle()) this.#limiters.delete(next.value[0]);
  }
}
