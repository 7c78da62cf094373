import type { ReauthorizationReason } from '../errors/index.ts';
import { isQuarantined, isUnexpired } from './refresh-schedule.ts';
import type { TokenRecord } from './token-record.ts';

/** Where a connection stands. Times are epoch milliseconds. */
export interface TokenStatus {
  /** `expiring`: the access ends within two weeks, and nothing can renew it. */
  state: 'connected' | 'expiring' | 'needs-reauthorization';
  reason?: ReauthorizationReason;
  expiresAt?: number;
  obtainedAt?: number;
  scopes?: readonly string[];
  /** Whether there is a refresh token that is still good, as far as is known. */
  refreshable?: boolean;
}

const EXPIRING_MS = 14 * 24 * 3_600_000;

/** Where the connection of this record stands. */
export function statusOf(record: TokenRecord | undefined): TokenStatus {
  if (record === undefined) return { state: 'needs-reauthorization', reason: 'never-connected' };
  const { expiresAt, obtainedAt, scopes, refreshToken } = record.tokenSet;
  const refreshable = refreshToken !== undefined && record.ended === undefined;
  const facts = { obtainedAt, scopes, refreshable, ...(expiresAt !== undefined && { expiresAt }) };
  if (record.ended !== undefined) return { state: 'needs-reauthorization', reason: record.ended, ...facts };
  if (isQuarantined(record)) return { state: 'needs-reauthorization', reason: 'rejected', ...facts };
  if (refreshToken !== undefined || expiresAt === undefined) return { state: 'connected', ...facts };
  if (!isUnexpired(record)) return { state: 'needs-reauthorization', reason: 'expired', ...facts };
  return { state: expiresAt - Date.now() < EXPIRING_MS ? 'expiring' : 'connected', ...facts };
}
