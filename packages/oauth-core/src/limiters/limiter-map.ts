import { ConfigurationError } from '../errors/index.ts';
import { checkNames } from '../options/check-names.ts';
import { type CheckedLimits, checkedLimits } from './check-limits.ts';
import type { CallTerms, RateLimit, RateLimiter, RateLimiterRunOptions } from './rate-limiter.ts';
import { type SharedSlots, Slots } from './slots.ts';

/** What a limiter is made with. */
export interface RateLimiterOptions {
  /** For calls that bring no limits of their own. Default: none, so that only pauses hold such calls back. */
  limits?: readonly RateLimit[] | undefined;
}

const OPTIONS: Record<keyof RateLimiterOptions, 1> = { limits: 1 };
const RUN_OPTIONS: Record<keyof RateLimiterRunOptions, 1> = { limits: 1, cost: 1, signal: 1, maxWaitMs: 1 };

/** Limits the calls of one key. */
export interface KeyLimiter {
  /** Throws, or rejects with, what makes the call impossible. */
  run<T>(dispatch: () => Promise<T>, terms: CallTerms): Promise<T>;
  pause(forMs: number): void | Promise<void>;
  isIdle(): boolean;
}

/**
 * A limiter that serves each key with a {@link KeyLimiter} of its own. Calls that are limited by concurrency wait for a slot
 * first: of this process, and of all processes if there are `shared` ones.
 */
export function rateLimiterPerKey(
  create: (key: string) => KeyLimiter,
  options: RateLimiterOptions | undefined,
  shared?: SharedSlots,
): RateLimiter {
  checkNames(options, OPTIONS);
  const ownLimits = options?.limits ?? [];
  const limiters = new LimiterMap(create);
  const slots = new LimiterMap((key) => new Slots(key, shared));
  let given = ownLimits;
  let checked: CheckedLimits = checkedLimits(ownLimits);
  return {
    async run(key, dispatch, ofCall) {
      const {
        limits: ofThese,
        cost = 1,
        maxWaitMs = Number.POSITIVE_INFINITY,
        signal,
        ...unknown
      } = ofCall ?? {};
      if (Object.keys(unknown).length > 0) checkNames(ofCall, RUN_OPTIONS);
      const limits = ofThese ?? ownLimits;
      const limiter = limiters.of(key);
      if (typeof dispatch !== 'function') throw new ConfigurationError('dispatch must be a function.');
      if ((signal ?? undefined) !== undefined && !(signal instanceof AbortSignal))
        throw new ConfigurationError('signal must be an AbortSignal.');
      signal?.throwIfAborted();
      // Calls usually bring the same list every time, and wait as long as it takes.
      const isKnown = limits === given;
      if (!isKnown) checked = checkedLimits(limits);
      given = limits;
      const { windows, concurrency } = checked;
      const terms = { limits: windows, cost, maxWaitMs, signal };
      if (!isKnown || cost !== 1 || maxWaitMs !== Number.POSITIVE_INFINITY) checkTerms(terms);
      if (concurrency === undefined) return await limiter.run(dispatch, terms);
      return await slots.of(key).run(concurrency, terms, (left) => limiter.run(dispatch, left));
    },

    async pause(key, forMs) {
      const limiter = limiters.of(key);
      if (!Number.isFinite(forMs) || forMs < 0)
        throw new ConfigurationError('forMs must be a finite number of milliseconds, 0 or more.');
      slots.find(key)?.pause(forMs);
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

  find(key: string): L | undefined {
    return this.#limiters.get(key);
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

/** No wait makes a call possible that costs more than a limit. */
function checkTerms({ limits, cost, maxWaitMs }: CallTerms): void {
  if (!Number.isSafeInteger(cost) || cost < 1)
    throw new ConfigurationError("A call's cost has to be a whole number above 0.");
  if (typeof maxWaitMs !== 'number' || !(maxWaitMs >= 0))
    throw new ConfigurationError('maxWaitMs has to be 0 or more.');
  for (const { limit } of limits)
    if (cost > limit) throw new ConfigurationError(`A call that costs ${cost} exceeds a limit of ${limit}.`);
}
