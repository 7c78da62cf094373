import {
  type ContextSdkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '@context-sdk/oauth-core';
import type { SyncState } from './sync-state.ts';

const HOUR_MS = 3_600_000;
/**
 * The longest that failing polls are put off, as a multiple of the interval: an account that works again is soon looked after. A
 * service that is down for everybody has its breaker.
 */
const MAX_BACK_OFF = 2;
/** The share of the time without a change after which a quiet account is polled again. */
const QUIET_SHARE = 0.1;

/** What the time of the next poll depends on. */
export interface PollFacts {
  /** Milliseconds between polls. */
  everyMs: number;
  /** The longest interval for an account without changes. Default: `everyMs`. */
  maxEveryMs: number | undefined;
  /** Changes that this poll found. */
  events: number;
  error: ContextSdkError | undefined;
  /** Milliseconds that the poll took. */
  tookMs: number;
  /** Whether the service was known to be down, which is not the account's failure. */
  isTrial: boolean;
}

/** Milliseconds until the next poll, and what is remembered for the one after it. */
export function nextPoll(
  { failures: failed = 0, changedAt }: Partial<SyncState>,
  { everyMs, maxEveryMs = everyMs, events, error, tookMs, isTrial }: PollFacts,
): { delayMs: number; remembered: Pick<SyncState, 'failures' | 'changedAt'> } {
  const now = Date.now();
  if (error instanceof ReauthorizationRequiredError) return { delayMs: HOUR_MS, remembered: {} };
  if (error !== undefined && isPassing(error)) {
    const failures = isTrial ? Math.max(failed, 1) : failed + 1;
    const backOffMs = everyMs * Math.min(2 ** (failures - 1), MAX_BACK_OFF);
    // From its beginning on: one that hung has waited already.
    const delayMs = Math.max(backOffMs - tookMs, Math.min(retryAfterMs(error), HOUR_MS));
    return { delayMs, remembered: { failures, ...(changedAt !== undefined && { changedAt }) } };
  }
  const since = events > 0 || changedAt === undefined || changedAt > now ? now : changedAt;
  const quietMs = Math.min((now - since) * QUIET_SHARE, maxEveryMs);
  return { delayMs: Math.max(everyMs, quietMs), remembered: { changedAt: since } };
}

/** Whether a later poll may succeed that this one would keep from succeeding if it came at once. */
function isPassing(error: ContextSdkError): boolean {
  if (error instanceof RateLimitError) return true;
  return error.retryable && error.code !== 'event_not_handled';
}

function retryAfterMs(error: ContextSdkError): number {
  const asks = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  return (asks ? error.retryAfterMs : undefined) ?? 0;
}
