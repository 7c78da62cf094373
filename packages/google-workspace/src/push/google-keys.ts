import { ServiceUnavailableError } from '@context-sdk/oauth-core';
import type { FetchImplementation } from 'jose/jwks/remote';
import type { JWTVerifyGetKey } from 'jose/jwt/verify';

/** Google's public keys for its OIDC tokens. */
const KEYS_URL = 'https://www.googleapis.com/oauth2/v3/certs';

/** What jose says of a token whose key is not among those that were fetched; all else is a failed fetch. */
const UNKNOWN_KEY = new Set([
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JOSE_NOT_SUPPORTED',
]);

const keySets = /* @__PURE__ */ new WeakMap<typeof fetch, Promise<JWTVerifyGetKey>>();

/** The process' own `fetch`, looked up when it is used, so that whoever replaces it is heard. */
const ownFetch: typeof fetch = (input, init) => fetch(input, init);

/**
 * Google's keys, fetched once for all deliveries of the process, and again after ten minutes or for a new key, at most
 * every 30 seconds. Throws {@link ServiceUnavailableError} where they can't be fetched.
 */
export function googleKeys(fetchKeys: typeof fetch = ownFetch): Promise<JWTVerifyGetKey> {
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
      const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
      if (typeof code === 'string' && UNKNOWN_KEY.has(code)) throw error;
      throw new ServiceUnavailableError("Google's public keys can't be fetched.", { service: 'gmail' });
    }
  };
}
