import {
  ContextSdkError,
  ServiceUnavailableError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core/errors';
import type { FetchImplementation } from 'jose/jwks/remote';
import type { JWTVerifyGetKey } from 'jose/jwt/verify';
import { headerValues, type PushHeaders } from './push-headers.ts';

/** What the token of a push must prove. */
export interface TokenExpectations {
  audience: string | readonly string[];
  serviceAccount: string | readonly string[];
  fetch?: typeof fetch | undefined;
}

const SERVICE = 'gmail';
/** Google's public keys for its OIDC tokens. */
const KEYS_URL = 'https://www.googleapis.com/oauth2/v3/certs';
/** Google uses both spellings. */
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];
/** Codes of jose for a token whose key is not among the fetched ones. Any other code is a failed fetch. */
const UNKNOWN_KEY: ReadonlySet<unknown> = new Set([
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JOSE_NOT_SUPPORTED',
]);

/** Seconds that the clocks of Google and the host may differ. */
const CLOCK_TOLERANCE_S = 60;
/** Seconds, as in google-auth-library. Google's own tokens last for an hour. */
const MAX_LIFETIME_S = 86_400;

const keySets = /* @__PURE__ */ new WeakMap<typeof fetch, Promise<JWTVerifyGetKey>>();

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
  { audience, fetch }: TokenExpectations,
): Promise<Record<string, unknown>> {
  const [{ jwtVerify }, keys] = await Promise.all([import('jose/jwt/verify'), googleKeys(fetch)]);
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: ISSUERS,
      audience: [audience].flat(),
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp', 'iat', 'email', 'email_verified'],
    });
    checkLifetime(payload);
    return payload;
  } catch (error) {
    if (error instanceof ContextSdkError) throw error;
    throw unverified(`has an invalid token${claimNamedBy(error)}`);
  }
}

/** jose checks neither: a token from the future, or one that is good for days, was not made by Google. */
function checkLifetime({ iat = 0, exp = 0 }: { iat?: number | undefined; exp?: number | undefined }): void {
  const now = Date.now() / 1000;
  if (iat > now + CLOCK_TOLERANCE_S) throw unverified('has a token from the future (iat)');
  if (exp > now + MAX_LIFETIME_S) throw unverified('has a token that lasts for more than a day (exp)');
}

/** The process's own `fetch`, looked up on each use, so that a replacement takes effect. */
const ownFetch: typeof fetch = (input, init) => fetch(input, init);

/**
 * Google's keys, fetched once for all pushes of the process, and again after ten minutes or for a new key, at most every 30
 * seconds. Throws {@link ServiceUnavailableError} if they can't be fetched.
 */
function googleKeys(fetchKeys: typeof fetch = ownFetch): Promise<JWTVerifyGetKey> {
  const known = keySets.get(fetchKeys);
  if (known !== undefined) return known;
  const keys = loadKeys(fetchKeys);
  keySets.set(fetchKeys, keys);
  keys.catch(() => keySets.delete(fetchKeys));
  return keys;
}

async function loadKeys(fetchKeys: typeof fetch): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, customFetch } = await import('jose/jwks/remote');
  const send: FetchImplementation = (url, init) => fetchKeys(url, init);
  const keys = createRemoteJWKSet(new URL(KEYS_URL), { [customFetch]: send });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof Error && 'code' in error && UNKNOWN_KEY.has(error.code)) throw error;
      throw new ServiceUnavailableError("Google's public keys can't be fetched.", { service: SERVICE });
    }
  };
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
