import type { ReauthorizationReason } from '../errors/index.ts';
import type { TokenSet } from '../oauth/token-set.ts';

/** What the store holds for one connection. Times are epoch milliseconds. */
export interface TokenRecord {
  /** New with every sign-in, so that a refresh of an earlier grant can't pass for this one. */
  grantId: string;
  tokenSet: TokenSet;
  /** Where this connection's early refresh lies in the window, from -1 to 1, so that many do not refresh at once. */
  jitter: number;
  /** When the tokens were last refreshed; absent straight after a sign-in. */
  refreshedAt?: number;
  /** Refreshes that failed for a passing reason since the last success. */
  failure?: { count: number; at: number; retryAfterMs?: number };
  /** A refresh whose answer never came may have consumed the refresh token: if it is refused, that is why. */
  mayBeConsumed?: true;
  /** The refresh token is that of the grant before: tokens that were got with it and are not stored yet are newer. */
  inheritsRefreshToken?: true;
  /** When the service last rejected a token that there is nothing to refresh with. */
  rejectedAt?: number;
  /** Set once nothing but a new sign-in helps. */
  ended?: ReauthorizationReason;
}

export function newTokenRecord(tokenSet: TokenSet, grantId: string): TokenRecord {
  return { grantId, tokenSet: { ...tokenSet, grantId }, jitter: Math.random() * 2 - 1 };
}

export function refreshedRecord(before: TokenRecord, tokenSet: TokenSet): TokenRecord {
  return { ...newTokenRecord(tokenSet, before.grantId), refreshedAt: Date.now() };
}
