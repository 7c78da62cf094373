import { RateLimitError } from '../errors/index.ts';

/** The error of a call whose `maxWaitMs` does not suffice. */
export function tooLong(waitMs: number): RateLimitError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  return new RateLimitError(`The rate limit has no permit in time; the next is due in ${retryAfterMs} ms.`, {
    retryAfterMs,
  });
}
