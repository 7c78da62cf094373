import type { AccessTokenSource, Hooks, RateLimit, RateLimiter, RetryOptions } from '@context-sdk/oauth-core';
import type { AdoRateLimit } from '../requests/rate-limit-watch.ts';

/** Called as things happen. What a hook throws is ignored. */
export interface AdoHooks extends Hooks {
  /** For every answer that tells of Azure DevOps' limits. */
  onRateLimitHeaders?(rateLimit: AdoRateLimit): void;
}

/** What a client needs (`organizationUrl`, `auth`), and what can be changed. */
export interface AdoClientOptions {
  /** `https://dev.azure.com/acme`, or its old spelling `https://acme.visualstudio.com`. */
  organizationUrl: string;
  /** Name or id, for the calls that need one and are given none. */
  project?: string | undefined;
  /** `personalAccessToken(…)`, a `TokenManager`, `clientCredentials(…)`, or your own source. */
  auth: AccessTokenSource;
  /** Hosts besides Azure DevOps' own that credentials may go to: a server of yours, a proxy, a test. */
  allowedHosts?: readonly string[] | undefined;
  /** Instead of the one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** Requests per user; none unless given, since Azure DevOps counts load and says when to wait. */
  limits?: readonly RateLimit[] | undefined;
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire; 60,000 unless given, since Azure DevOps may hold one back for 30,000. */
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: AdoHooks | undefined;
}
