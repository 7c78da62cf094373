import type { ReauthorizationReason } from '../errors/index.ts';
import { isObject } from '../json/json-object.ts';
import { isToken, type TokenSet } from '../oauth/token-set.ts';

/** What the store holds for one connection. Times are epoch milliseconds. */
export interface TokenRecord {
  /** Of this shape. Absent in records from before it was counted. */
  v?: 1;
  /** New with every sign-in, so that a refresh of an earlier grant can't pass for this one. */
  grantId: string;
  tokenSet: TokenSet;
  /** Where this connection's early refresh lies in the window, from -1 to 1, so that many do not refresh at once. */
  jitter: number;
  /** When the tokens were last refreshed; absent straight after a sign-in. */
  refreshedAt?: number;
  /** They replaced tokens that were rejected straight after a refresh: another one wouldn't help. */
  replacesJustRefreshed?: true;
  /** Refreshes that failed for a passing reason since the last success. */
  failure?: { count: number; at: number; retryAfterMs?: number };
  /** A refresh whose answer never came may have consumed the refresh token: if it is refused, that is why. */
  mayBeConsumed?: true;
  /** The refresh token is that of the grant before: tokens that were got with it and are not stored yet are newer. */
  inheritsRefreshToken?: true;
  /** When the service last rejected a token that there is nothing to refresh with. */
  rejectedAt?: number;
  /** When the record was written, by its writer's clock, and the latest that any earlier writer's clock said, if that is later. */
  savedAt?: number;
  latestAt?: number;
  /** Set once nothing but a new sign-in helps. */
  ended?: ReauthorizationReason;
}

/** A lifetime of nothing at all means that it is not known (docs/facts/oauth.md#token-responses). */
function withKnownEnd({ expiresAt, ...tokenSet }: TokenSet): TokenSet {
  return expiresAt === undefined || expiresAt === tokenSet.obtainedAt ? tokenSet : { ...tokenSet, expiresAt };
}

export function newTokenRecord(tokenSet: TokenSet, grantId: string): TokenRecord {
  return { v: 1, grantId, tokenSet: { ...withKnownEnd(tokenSet), grantId }, jitter: Math.random() * 2 - 1 };
}

export function refreshedRecord(before: TokenRecord, tokenSet: TokenSet): TokenRecord {
  return { ...newTokenRecord(tokenSet, before.grantId), refreshedAt: Date.now() };
}

function isTime(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}

/** Whether a value can be a record of ours; one of a newer version can't. */
export function isTokenRecord(value: unknown): value is TokenRecord {
  if (!isObject(value) || !isObject(value['tokenSet'])) return false;
  const {
    v = 1,
    grantId,
    jitter,
    refreshedAt,
    failure,
    rejectedAt,
    savedAt,
    latestAt,
    ended,
  }: Partial<Record<keyof TokenRecord, unknown>> = value;
  const hasTimes =
    [refreshedAt, rejectedAt, savedAt, latestAt].every(isTime) &&
    (failure === undefined || isObject(failure));
  const isEnded = ended === undefined || typeof ended === 'string';
  const isKnown = v === 1 && typeof grantId === 'string' && typeof jitter === 'number' && hasTimes && isEnded;
  return isKnown && problemIn(value['tokenSet']) === undefined;
}

/** Whether a stored value is a token set. */
export function isTokenSet(value: unknown): value is TokenSet {
  return problemIn(value) === undefined;
}

/** What is wrong with a token set; undefined if nothing is. */
export function problemIn(tokenSet: unknown): string | undefined {
  if (!isObject(tokenSet)) return 'tokenSet must be an object';
  const {
    accessToken,
    refreshToken,
    obtainedAt,
    expiresAt,
    scopes,
    idToken,
    grantId,
    accountId,
    origin,
  }: Partial<Record<keyof TokenSet, unknown>> = tokenSet;
  if (!isToken(accessToken)) return 'tokenSet.accessToken is not a token';
  if (refreshToken !== undefined && !isToken(refreshToken)) return 'tokenSet.refreshToken is not a token';
  if (obtainedAt === undefined || !isTime(obtainedAt))
    return 'tokenSet.obtainedAt must be epoch milliseconds';
  const named = { idToken, grantId, accountId, origin };
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined && typeof value !== 'string') return `tokenSet.${name} must be a string`;
  }
  if (!isTime(expiresAt)) return 'tokenSet.expiresAt must be epoch milliseconds';
  const isList = Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string');
  return isList ? undefined : 'tokenSet.scopes must be a list of texts';
}
