import { serviceTime } from '@context-sdk/oauth-core/client-kit';
import { ServiceUnavailableError } from '@context-sdk/oauth-core/errors';
import type { FetchImplementation } from 'jose/jwks/remote';
import type { JWTVerifyGetKey } from 'jose/jwt/verify';

/** Google's public keys for its OIDC tokens. */
const KEYS_URL = 'https://www.googleapis.com/oauth2/v3/certs';
/** Codes of jose for a token whose key is not among the fetched ones. Any other code is a failed fetch. */
const UNKNOWN_KEY: ReadonlySet<unknown> = new Set([
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  'ERR_JOSE_NOT_SUPPORTED',
]);
/** Milliseconds between two fetches for keys that are unknown. jose counts them by the machine's clock. */
const COOL_DOWN_MS = 30_000;

/** Google's keys, and the time by its clock. */
export interface GoogleKeys {
  getKey: JWTVerifyGetKey;
  /** Epoch milliseconds by Google's clock, counted from the last response with a `Date`. `undefined` if none had one. */
  now(): number | undefined;
}

const keySets = /* @__PURE__ */ new WeakMap<typeof fetch, Promise<GoogleKeys>>();

/** The process's own `fetch`, looked up on each use, so that a replacement takes effect. */
const ownFetch: typeof fetch = (input, init) => fetch(input, init);

/**
 * Google's keys, fetched once for all pushes of the process, and again after ten minutes or for a new key, at most every 30
 * seconds. Throws {@link ServiceUnavailableError} if they can't be fetched.
 */
export function googleKeys(fetchKeys: typeof fetch = ownFetch): Promise<GoogleKeys> {
  const known = keySets.get(fetchKeys);
  if (known !== undefined) return known;
  const keys = loadKeys(fetchKeys);
  keySets.set(fetchKeys, keys);
  keys.catch(() => keySets.delete(fetchKeys));
  return keys;
}

async function loadKeys(fetchKeys: typeof fetch): Promise<GoogleKeys> {
  const { createRemoteJWKSet, customFetch } = await import('jose/jwks/remote');
  /** Google's clock less the monotonic one. */
  let offsetMs: number | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  const send: FetchImplementation = async (url, init) => {
    fetchedAt = performance.now();
    const headers = new Headers(init.headers);
    // The `Date` of a cached response would let old tokens pass.
    headers.set('cache-control', 'no-cache');
    const response = await fetchKeys(url, { ...init, headers });
    const at = serviceTime(response.headers);
    if (at !== undefined) offsetMs = at - performance.now();
    return response;
  };
  const keys = createRemoteJWKSet(new URL(KEYS_URL), { [customFetch]: send });
  const getKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!isUnknownKey(error)) throw unavailable();
      if (performance.now() - fetchedAt < COOL_DOWN_MS) throw error;
    }
    // jose counts by the machine's clock: set back, it would wait that long.
    await keys.reload().catch(() => {
      throw unavailable();
    });
    return await keys(header, token);
  };
  return { getKey, now: () => (offsetMs === undefined ? undefined : offsetMs + performance.now()) };
}

function isUnknownKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNKNOWN_KEY.has(error.code);
}

function unavailable(): ServiceUnavailableError {
  return new ServiceUnavailableError("Google's public keys can't be fetched.", { service: 'gmail' });
}
