import { ConfigurationError } from '@context-sdk/oauth-core';
import { isLoopback } from '@context-sdk/oauth-core/client-kit';

const PRIVATE_HOST =
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^\[f[cd]|^\[fe80/;
const INTERNAL_HOST = /\.(local|internal|lan|test|localhost)$/;

/** Throws {@link ConfigurationError} unless this is an https URL, or http on this machine, of nothing but a path. */
export function checkedUrl(option: string, value: unknown): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (value === undefined || value === '')
    throw new ConfigurationError(`${option} is missing: give a URL such as https://your-domain.com.`);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new ConfigurationError(
      `${option} is not a URL such as https://your-domain.com or http://localhost:8000.`,
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new ConfigurationError(`${option} must use https. http is allowed for localhost only.`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigurationError(`${option} must not have credentials, a query or a fragment.`);
  }
  return url;
}

/** Throws {@link ConfigurationError} unless this is `/`, or a path such as `/api`. */
export function checkedBasePath(basePath: unknown): string {
  const path = basePath === undefined || basePath === '/' ? '' : basePath;
  if (typeof path === 'string' && /^(\/[\w.~-]+)*$/.test(path)) return path;
  throw new ConfigurationError('basePath must look like /api, without a slash at its end.');
}

/** Throws {@link ConfigurationError} unless all of these are origins. */
export function checkedOrigins(option: string, origins: readonly string[]): string[] {
  return origins.map((origin, index) => {
    const url = checkedUrl(`${option}[${index}]`, origin);
    if (url.pathname === '/') return url.origin;
    throw new ConfigurationError(`${option}[${index}] must be an origin, without a path.`);
  });
}

/** Whether services on the internet can deliver to a URL: https, and neither this machine nor a private network. */
export function isPublicUrl(baseUrl: string): boolean {
  const url = new URL(baseUrl);
  const { protocol, hostname } = url;
  const isNamed = hostname.includes('.') || hostname.startsWith('[');
  const isInternal = INTERNAL_HOST.test(hostname) || PRIVATE_HOST.test(hostname);
  return protocol === 'https:' && isNamed && !isInternal && !isLoopback(url);
}

/** The public address of a webhook route, such as `google/calendar`. */
export function webhookUrl(host: { baseUrl: string; basePath: string }, path: string): string {
  return `${host.baseUrl}${host.basePath}/webhooks/${path}`;
}
