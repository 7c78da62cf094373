import { ConfigurationError } from '../errors/index.ts';

/** Whether a URL points to this machine, the only place where plain http is safe. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The URL of an option. Throws {@link ConfigurationError} unless it is https, or http on this machine or by choice. */
export function checkedUrl(option: string, value: string, service: string, allowHttp = false): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null)
    throw new ConfigurationError(`${option} is ${value ? 'not a URL' : 'missing'}.`, { service });
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || isLoopback(url)))) {
    throw new ConfigurationError(`${option} must use https; http is only for this machine.`, { service });
  }
  return url;
}

/**
 * The base URL of a service, without a slash at its end. Throws {@link ConfigurationError} unless it is https, or http
 * on this machine or by choice, and has no credentials, query or fragment.
 */
export function checkedBaseUrl(baseUrl: string, service: string, allowHttp = false): string {
  const url = checkedUrl('baseUrl', baseUrl, service, allowHttp);
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigurationError('baseUrl must have no credentials, query or fragment.', { service });
  }
  return url.href.replace(/(?<!\/)\/+$/, '');
}
