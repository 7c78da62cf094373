import type { Hooks } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS, reportClockSkew } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError, WebhookVerificationError } from '@context-sdk/oauth-core/errors';
import { googleKeys } from './google-keys.ts';
import { headerValues, type PushHeaders } from './push-headers.ts';

/** What the token of a push must prove. */
export interface TokenExpectations {
  audience: string | readonly string[];
  serviceAccount: string | readonly string[];
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

const SERVICE = 'gmail';
/** Google uses both spellings. */
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];
/** Seconds that the clocks of Google and the host may differ. */
const CLOCK_TOLERANCE_S = CLOCK_TOLERANCE_MS / 1000;
/** Seconds, as in google-auth-library. Google's own tokens last for an hour. */
const MAX_LIFETIME_S = 86_400;

/**
 * Throws {@link WebhookVerificationError} unless the one `Authorization` header has a valid token that Google signed for
 * this audience and service account. https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export async function verifyPushToken(headers: PushHeaders, expected: TokenExpectations): Promise<void> {
  const claims = await verifiedClaims(bearerTokenOf(headers), expected);
  if (![expected.serviceAccount].flat().some((account) => account === claims['email']))
    throw unverified('comes from another service account');
  if (claims['email_verified'] !== true) {
    throw unverified('comes from an account that Google has not verified');
  }
}

function bearerTokenOf(headers: PushHeaders): string {
  const values = headerValues(headers, 'authorization');
  const [value] = values;
  if (value === undefined) throw unverified('has no Authorization header');
  // Headers joins two of them with a comma, which no token contains.
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(value) ?? [];
  if (values.length > 1 || token === undefined) throw unverified('has no single bearer token');
  return token;
}

async function verifiedClaims(
  token: string,
  { audience, fetch, hooks }: TokenExpectations,
): Promise<Record<string, unknown>> {
  const [{ jwtVerify }, keys] = await Promise.all([import('jose/jwt/verify'), googleKeys(fetch)]);
  try {
    const { payload } = await jwtVerify(token, keys.getKey, {
      algorithms: ['RS256'],
      issuer: ISSUERS,
      audience: [audience].flat(),
      // Times are checked below, by another clock.
      clockTolerance: Number.MAX_SAFE_INTEGER,
      requiredClaims: ['exp', 'iat', 'email', 'email_verified'],
    });
    const googleNow = keys.now();
    watchClock(payload, googleNow, hooks);
    checkLifetime(payload, (googleNow ?? Date.now()) / 1000);
    return payload;
  } catch (error) {
    if (error instanceof ContextSdkError) throw error;
    throw unverified(`has an invalid token${claimNamedBy(error)}`);
  }
}

/** The times of a token, in seconds. */
interface Lifetime {
  iat?: number | undefined;
  nbf?: number | undefined;
  exp?: number | undefined;
}

/**
 * Checks a token's times, by Google's clock if it is known: this machine's may be wrong by months, and would refuse all pushes, or
 * accept old ones. jose doesn't refuse tokens from the future, nor those that last for days, which Google doesn't issue.
 */
function checkLifetime({ iat = 0, nbf = iat, exp = 0 }: Lifetime, now: number): void {
  if (exp <= now - CLOCK_TOLERANCE_S) throw unverified('has a token that has expired (exp)');
  if (Math.max(iat, nbf) > now + CLOCK_TOLERANCE_S) throw unverified('has a token from the future (iat)');
  if (exp > now + MAX_LIFETIME_S) throw unverified('has a token that lasts for more than a day (exp)');
}

/** If a token that Google signed comes from the future, this machine's clock is behind. */
function watchClock({ iat = 0 }: Lifetime, googleNow: number | undefined, hooks: Hooks | undefined): void {
  const now = Date.now();
  const behindMs = googleNow === undefined ? Math.max(0, iat * 1000 - now) : googleNow - now;
  if (Math.abs(behindMs) > CLOCK_TOLERANCE_MS)
    reportClockSkew(hooks, { witness: 'service', name: 'www.googleapis.com', behindMs });
}

/** The claim that jose names. Its messages and causes are dropped, since they contain the token's claims. */
function claimNamedBy(error: unknown): string {
  const claim: unknown = error instanceof Error && 'claim' in error ? error.claim : undefined;
  return typeof claim === 'string' && /^[a-z_]{1,20}$/.test(claim) ? ` (${claim})` : '';
}

/** The error for a push that proves nothing. It never contains the token. */
function unverified(problem: string): WebhookVerificationError {
  return new WebhookVerificationError(`The push ${problem}.`, { service: SERVICE });
}
