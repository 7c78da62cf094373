import { ConfigurationError } from '../errors/index.ts';
import { isLoopback } from '../oauth/endpoints.ts';

/**
 * The base URL without a slash at its end. Throws {@link ConfigurationError} unless it is https, which may carry a
 * token, or http on this machine.
 */
export function checkedBaseUrl(baseUrl: string, service: string): string {
  const misconfigured = (problem: string): ConfigurationError => new ConfigurationError(problem, { service });
  const url = URL.parse(baseUrl);
  if (url === null) throw misconfigured('baseUrl is not a URL.');
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  if (!isSafe) throw misconfigured('baseUrl must use https; http is only for this machine.');
  if (url.username || url.password || url.search || url.hash) {
    throw misconfigured('baseUrl must have no credentials, query or fragment.');
  }
  return url.href.replace(/\/+$/, '');
}
