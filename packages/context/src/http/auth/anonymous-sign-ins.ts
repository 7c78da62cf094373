import { memoryRateLimiter, type RateLimiter } from '@context-sdk/oauth-core';

/** Requests without a user store a transaction for ten minutes each, so their number has a limit. */
const LIMITS = [{ limit: 1_000, intervalMs: 60_000 }] as const;

/** Limits the sign-ins that nobody can be held responsible for, so that they cannot fill the store. */
export interface AnonymousSignIns {
  /** Runs `begin`, or throws {@link RateLimitError} after 1,000 sign-ins in a minute. */
  run<T>(begin: () => Promise<T>): Promise<T>;
}

/** Uses the host's limiter, which may count for several processes. */
export function limitAnonymousSignIns(limiter: RateLimiter = memoryRateLimiter()): AnonymousSignIns {
  return { run: (begin) => limiter.run('sign-in/anonymous', begin, { limits: LIMITS, maxWaitMs: 0 }) };
}
