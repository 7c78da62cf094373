import { ConfigurationError, RateLimitError } from '../errors/index.ts';
import type { RateLimit } from './rate-limiter.ts';

/** Services that keep time in whole milliseconds may see two requests that much closer than they are. */
const CLOCK_STEP_MS = 1;
/** The part of a limit's interval within which a request is taken to arrive, if its answer takes longer. */
const GRACE = 0.05;

/** Milliseconds for which an arrived request takes up its part of the limit. */
export function spanOf({ intervalMs }: RateLimit): number {
  return intervalMs + CLOCK_STEP_MS;
}

/** Milliseconds after a dispatch in which its request is taken to have arrived. */
export function graceOf({ intervalMs }: RateLimit): number {
  return intervalMs * GRACE;
}

/** Throws {@link ConfigurationError} unless every limit is a whole number per finite interval, both above 0. */
export function checkLimits(limits: readonly RateLimit[]): void {
  if (!Array.isArray(limits)) throw new ConfigurationError('limits has to be a list.');
  for (const { limit, intervalMs } of limits) {
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new ConfigurationError('limits: a limit has to be a whole number above 0.');
    if (!Number.isFinite(intervalMs) || intervalMs <= 0)
      throw new ConfigurationError('limits: an intervalMs has to be a finite number above 0.');
  }
}

/** Throws {@link ConfigurationError} unless the key of a limiter is text. */
export function checkLimiterKey(key: string): void {
  if (typeof key !== 'string') throw new ConfigurationError('The key of a rate limiter has to be text.');
}

/** Throws {@link ConfigurationError} for a cost that no time frees, or a wait that is none. */
export function checkCall(limits: readonly RateLimit[], cost: number, maxWaitMs: number): void {
  if (!Number.isSafeInteger(cost) || cost < 1)
    throw new ConfigurationError("A call's cost has to be a whole number above 0.");
  if (typeof maxWaitMs !== 'number' || !(maxWaitMs >= 0))
    throw new ConfigurationError('maxWaitMs has to be 0 or more.');
  for (const { limit } of limits)
    if (cost > limit) throw new ConfigurationError(`A call that costs ${cost} exceeds a limit of ${limit}.`);
}

/** Throws {@link ConfigurationError} unless a pause is a finite number of milliseconds, 0 or more. */
export function checkPause(forMs: number): void {
  if (!Number.isFinite(forMs) || forMs < 0)
    throw new ConfigurationError('A pause has to be a finite number of milliseconds, 0 or more.');
}

/** The error of a call whose `maxWaitMs` does not suffice. */
export function rateLimitError(waitMs: number): RateLimitError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  return new RateLimitError(`The rate limit has no permit in time; the next is due in ${retryAfterMs} ms.`, {
    retryAfterMs,
  });
}
