import { RateLimitError } from '../errors/index.ts';
import type { WindowLimit } from './rate-limiter.ts';

/** Services that keep time in whole milliseconds may see two requests that much closer than they are. */
const CLOCK_STEP_MS = 1;
/** The part of a limit's interval within which a request is taken to arrive, if its answer takes longer. */
const GRACE = 0.05;

/** Milliseconds for which an arrived request takes up its part of the limit. */
export function spanOf({ intervalMs }: WindowLimit): number {
  return intervalMs + CLOCK_STEP_MS;
}

/** Milliseconds after a dispatch in which its request is taken to have arrived. */
export function graceOf({ intervalMs }: WindowLimit): number {
  return intervalMs * GRACE;
}

/** The error of a call whose `maxWaitMs` does not suffice. */
export function rateLimitError(waitMs: number): RateLimitError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  return new RateLimitError(`The rate limit has no permit in time; the next is due in ${retryAfterMs} ms.`, {
    retryAfterMs,
  });
}
