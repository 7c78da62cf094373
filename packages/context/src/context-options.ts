import {
  ConfigurationError,
  type Hooks,
  isLoopback,
  type RateLimiter,
  type RecordStore,
  type RetryOptions,
} from '@context-sdk/oauth-core';
import type { OnEvent } from './changes/context-event.ts';
import { configuredProviders } from './options/configured-providers.ts';
import { oauthClients } from './options/oauth-clients.ts';
import type { Providers } from './options/provider-options.ts';
import type { Setup } from './options/resolved-options.ts';
import type { OnConnected } from './http/auth/on-connected.ts';

/** What a context needs (`store`, `providers`, `baseUrl`), and what can be changed. */
export interface ContextOptions {
  /** Where everything is kept: `sqliteStore`, `redisStore`, `postgresStore`, or your own; `encryptedStore` around it. */
  store: RecordStore;
  /** The services that your users may connect. */
  providers: Providers;
  /** Where the world reaches the host: `https://your-domain.com`. http is only for this machine. */
  baseUrl: string;
  /** Where the handler is mounted below `baseUrl`: `/api`. The root unless given. */
  basePath?: string | undefined;
  /** Where users go after a callback; `baseUrl` unless given. */
  frontendUrl?: string | undefined;
  /** Origins besides those of `frontendUrl` and `baseUrl` that a `returnTo` may name. */
  allowedReturnTo?: readonly string[] | undefined;
  /** Makes or finds the host's user when somebody has granted access. Without it only users who are signed in connect. */
  onConnected?: OnConnected | undefined;
  /** Given every event, one at a time per delivery. An event that it rejects, or takes over 8 s for, comes again. */
  onEvent?: OnEvent | undefined;
  /**
   * Whether services can deliver to `baseUrl`: where they can't, changes are found by polling. Unless given, https that is
   * neither this machine nor a private network.
   */
  push?: boolean | undefined;
  /** Instead of one in this process's memory: `redisRateLimiter` where there are several. */
  rateLimiter?: RateLimiter | undefined;
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire; each client's own unless given. */
  timeoutMs?: number | undefined;
  /** Instead of the global `fetch`, for every request to a service. */
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

function checkedUrl(name: string, value: unknown): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null) throw new ConfigurationError(`${name} is not a URL.`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new ConfigurationError(`${name} must use https; http is only for this machine.`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigurationError(`${name} must have no credentials, query or fragment.`);
  }
  return url;
}

function checkedBasePath(basePath: unknown): string {
  const path = basePath === undefined || basePath === '/' ? '' : basePath;
  if (typeof path === 'string' && /^(\/[\w.~-]+)*$/.test(path)) return path;
  throw new ConfigurationError('basePath must look like /api, without a slash at its end.');
}

function checkedOrigins(origins: readonly string[]): string[] {
  return origins.map((origin, index) => {
    const url = checkedUrl(`allowedReturnTo[${index}]`, origin);
    if (url.pathname === '/') return url.origin;
    throw new ConfigurationError(`allowedReturnTo[${index}] must be an origin, without a path.`);
  });
}

/** What is wrong with them is a {@link ConfigurationError} that names the option. */
export function checkedOptions(options: ContextOptions): Setup {
  const { store, providers, onConnected, onEvent, allowedReturnTo = [] } = options;
  if (typeof store?.compareAndSet !== 'function') throw new ConfigurationError('store is not a RecordStore.');
  if (typeof providers !== 'object' || providers === null || configuredProviders(providers).length === 0) {
    throw new ConfigurationError('providers names none: give ticktick, google or azureDevOps.');
  }
  const { azureDevOps } = providers;
  if (azureDevOps?.shared && !azureDevOps.token) {
    throw new ConfigurationError('providers.azureDevOps.shared is set, but there is no token to share.');
  }
  const baseUrl = checkedUrl('baseUrl', options.baseUrl).href.replace(/\/+$/, '');
  const basePath = checkedBasePath(options.basePath);
  const { push, rateLimiter, retry, timeoutMs, fetch, hooks } = options;
  return {
    store,
    providers,
    oauth: oauthClients({
      providers,
      callbackUrl: (provider) => `${baseUrl}${basePath}/auth/${provider}/callback`,
      fetch,
    }),
    baseUrl,
    basePath,
    frontendUrl: checkedUrl('frontendUrl', options.frontendUrl ?? options.baseUrl).href,
    allowedReturnTo: checkedOrigins(allowedReturnTo),
    onConnected,
    onEvent,
    push,
    requests: { rateLimiter, retry, timeoutMs, fetch, hooks },
  };
}
