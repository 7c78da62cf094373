import {
  type AccessTokenSource,
  ConfigurationError,
  type Hooks,
  type RateLimit,
  type RateLimiter,
  type RetryOptions,
  staticToken,
} from '@context-sdk/oauth-core';

/** What both clients of Google take: `auth` is needed, the rest can be changed. */
export interface GoogleClientOptions {
  /** A source such as a `TokenManager`, or an access token. */
  auth: string | AccessTokenSource;
  /** Instead of the one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** Instead of Google's quota per user, in units of its methods. */
  limits?: readonly RateLimit[] | undefined;
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire; 30,000 unless given. */
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

/** Throws {@link ConfigurationError} unless it is a token or a source of tokens. */
export function checkedAuth(auth: string | AccessTokenSource, service: string): AccessTokenSource {
  if (typeof auth === 'string') return staticToken(auth);
  if (typeof auth === 'object' && typeof auth?.getAccessToken === 'function') return auth;
  throw new ConfigurationError('auth must be an access token or a source of access tokens.', { service });
}
