import { CLOCK_TOLERANCE_MS } from '../hooks/clock-skew.ts';
import type { TokenRecord } from './token-record.ts';

const EARLY_MS = 120_000;
const EARLY_SHARE = 0.2;
const JITTER = 0.2;
const LAST_MOMENT_MS = 5_000;
const LAST_MOMENT_SHARE = 0.05;
const FAILURE_PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const MIN_FORCED_INTERVAL_MS = 10_000;

function lifetimeMs({ tokenSet }: TokenRecord): number {
  return Math.max(0, (tokenSet.expiresAt ?? Number.POSITIVE_INFINITY) - tokenSet.obtainedAt);
}

function remainingMs({ tokenSet }: TokenRecord): number {
  return (tokenSet.expiresAt ?? Number.POSITIVE_INFINITY) - Date.now();
}

function clockWentBack({ tokenSet }: TokenRecord): boolean {
  return Date.now() < tokenSet.obtainedAt - CLOCK_TOLERANCE_MS;
}

/**
 * Whether the access token can still be sent: to the end if there is nothing to refresh it with, else with a
 * reserve for the way. One without a lifetime is good until it is rejected.
 */
export function isUnexpired(record: TokenRecord): boolean {
  if (record.tokenSet.refreshToken === undefined) return remainingMs(record) > 0;
  const reserve = Math.min(LAST_MOMENT_MS, lifetimeMs(record) * LAST_MOMENT_SHARE);
  return remainingMs(record) > reserve && !clockWentBack(record);
}

/** Whether it is time to refresh: the last 120 s or 20 % of the lifetime, a little different for each record. */
export function isDue(record: TokenRecord): boolean {
  if (record.tokenSet.refreshToken === undefined) return false;
  const early = Math.min(EARLY_MS, lifetimeMs(record) * EARLY_SHARE) * (1 + record.jitter * JITTER);
  return remainingMs(record) <= early || clockWentBack(record);
}

/** Milliseconds until another refresh may be tried after one that failed; 0 if it may be tried now. */
export function pauseAfterFailureMs(record: TokenRecord): number {
  const { failure } = record;
  // One that lies in the future was noted by a clock that has been put right since.
  if (failure === undefined || failure.at > Date.now()) return 0;
  const grown = Math.min(FAILURE_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failure.count - 1));
  const pause = Math.max(isUnexpired(record) ? FAILURE_PAUSE_MS : grown, failure.retryAfterMs ?? 0);
  return Math.max(0, failure.at + pause * (1 + record.jitter * JITTER) - Date.now());
}

/** Whether the token is so new that it has had no time to end. */
export function isJustRefreshed(record: TokenRecord): boolean {
  const interval = Math.min(MIN_FORCED_INTERVAL_MS, lifetimeMs(record) / 2);
  const age = Date.now() - (record.refreshedAt ?? Number.NEGATIVE_INFINITY);
  return isUnexpired(record) && age >= 0 && age < interval;
}

/** How long a rejected token that can't be refreshed is held back before the service is asked once more. */
const REJECTION_PAUSE_MS = 60_000;
/** Two rejections within this time are no accident. */
const REJECTION_MEMORY_MS = 24 * 3_600_000;

function sinceRejectionMs({ rejectedAt }: TokenRecord): number {
  return rejectedAt === undefined ? Number.POSITIVE_INFINITY : Math.abs(Date.now() - rejectedAt);
}

/** Whether the service has just rejected this token, and there is nothing to replace it with. */
export function isQuarantined(record: TokenRecord): boolean {
  return sinceRejectionMs(record) < REJECTION_PAUSE_MS;
}

/** Whether a rejection now would be the second in a row. */
export function wasRejectedBefore(record: TokenRecord): boolean {
  return sinceRejectionMs(record) < REJECTION_MEMORY_MS;
}

/** Whether the token can be handed out. */
export function isUsable(record: TokenRecord): boolean {
  return record.ended === undefined && isUnexpired(record) && !isQuarantined(record);
}
