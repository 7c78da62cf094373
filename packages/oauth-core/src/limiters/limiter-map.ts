import { ConfigurationError } from '../errors/index.ts';
import { checkOptionNames } from '../options/option-names.ts';
import type { RateLimit, RateLimiter } from './rate-limiter.ts';

/** What a limiter is made with. */
export interface RateLimiterOptions {
  /** For calls that bring no limits of their own. Default: none, so that only pauses hold such calls back. */
  limits?: readonly RateLimit[] | undefined;
}

/** What one call asks of its limiter, checked. */
export interface CallTerms {
  readonly limits: readonly RateLimit[];
  readonly cost: number;
  /** 0 never waits; Infinity waits as long as it takes. */
  readonly maxWaitMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Limits the calls of one key. */
export interface KeyLimiter {
  /** Throws, or rejects with, what makes the call impossible. */
  run<T>(dispatch: () => Promise<T>, terms: CallTerms): Promise<T>;
  pause(forMs: number): void | Promise<void>;
  isIdle(): boolean;
}

/** A limiter that serves each key with a {@link KeyLimiter} of its own. */
export function rateLimiterPerKey(
  create: (key: string) => KeyLimiter,
  options: RateLimiterOptions,
): RateLimiter {
  checkOptionNames(options, { limits: true });
  const { limits: ownLimits = [] } = options;
  checkLimits(ownLimits);
  const limiters = new LimiterMap(create);
  let checkedLimits = ownLimits;
  return {
    async run(
      key,
      dispatch,
      { limits = ownLimits, cost = 1, maxWaitMs = Number.POSITIVE_INFINITY, signal } = {},
    ) {
      const limiter = limiters.of(key);
      signal?.throwIfAborted();
      const terms = { limits, cost, maxWaitMs, signal };
      // Calls usually bring the same list every time, and wait as long as it takes.
      if (limits !== checkedLimits) checkLimits(limits);
      if (limits !== checkedLimits || cost !== 1 || maxWaitMs !== Number.POSITIVE_INFINITY) checkTerms(terms);
      checkedLimits = limits;
      return await limiter.run(dispatch, terms);
    },

    async pause(key, forMs) {
      const limiter = limiters.of(key);
      if (!Number.isFinite(forMs) || forMs < 0)
        throw new ConfigurationError('A pause has to be a finite number of milliseconds, 0 or more.');
      await limiter.pause(forMs);
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
    if (typeof key !== 'string') throw new ConfigurationError('The key of a rate limiter has to be text.');
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

/** Every limit is a whole number per finite interval, both above 0. */
function checkLimits(limits: readonly RateLimit[]): void {
  if (!Array.isArray(limits)) throw new ConfigurationError('limits has to be a list.');
  for (const { limit, intervalMs } of limits) {
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new ConfigurationError('limits: a limit has to be a whole number above 0.');
    if (!Number.isFinite(intervalMs) || intervalMs <= 0)
      throw new ConfigurationError('limits: an intervalMs has to be a finite number above 0.');
  }
}

/** No wait makes a call possible that costs more than a limit. */
function checkTerms({ limits, cost, maxWaitMs }: CallTerms): void {
  if (!Number.isSafeInteger(cost) || cost < 1)
    throw new ConfigurationError("A call's cost has to be a whole number above 0.");
  if (typeof maxWaitMs !== 'number' || !(maxWaitMs >= 0))
    throw new ConfigurationError('maxWaitMs has to be 0 or more.');
  for (const { limit } of limits)
    if (cost > limit) throw new ConfigurationError(`A call that costs ${cost} exceeds a limit of ${limit}.`);
}
