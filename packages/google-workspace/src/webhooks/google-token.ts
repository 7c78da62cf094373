import {
  ContextSdkError,
  ServiceUnavailableError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core/errors';
import type { FetchImplementation } from 'jose/jwks/remote';
import type { JWTVerifyGetKey } from 'jose/jwt/verify';
import type { PushHeaders } from './push-headers.ts';

/** What the token of a push must prove. */
export interface TokenExpectations {
  audience: string;
  serviceAccount: string;
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

const keySets = /* @__PURE__ */ new WeakMap<typeof fetch, Promise<JWTVerifyGetKey>>();

/**
 * Throws {@link WebhookVerificationError} unless the one `Authorization` header has a valid token that Google signed for
 * this audience and service account. https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export async function verifyPushToken(headers: PushHeaders, expected: TokenExpectations): Promise<void> {
  const claims = await verifiedClaims(bearerTokenOf(headers), expected);
  if (claims['email'] !== expected.serviceAccount) throw unverified('comes from another service account');
  if (claims['email_verified'] !== true) {
    throw unverified('comes from an account that Google has not verified');
  }
}

function bearerTokenOf(headers: PushHeaders): string {
  const values = authorizationsIn(headers);
  const [value] = values;
  if (value === undefined) throw unverified('has no Authorization header');
  // Headers joins two of them with a comma, which no token contains.
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(value) ?? [];
  if (values.length > 1 || token === undefined) throw unverified('has no single bearer token');
  return token;
}

function authorizationsIn(headers: PushHeaders): string[] {
  if (headers instanceof Headers) {
    const value = headers.get('authorization');
    return value === null ? [] : [value];
  }
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, value]) => value ?? []);
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
      audience,
      requiredClaims: ['exp', 'email', 'email_verified'],
    });
    return payload;
  } catch (error) {
    if (error instanceof ContextSdkError) throw error;
    throw unverified(`has an invalid token${claimNamedBy(error)}`);
  }
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
