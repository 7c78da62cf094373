import { PermissionError } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { invalidInput } from '../utils/input-checks.ts';

type HostUrls = Pick<ResolvedOptions, 'frontendUrl' | 'baseUrl' | 'allowedReturnTo'>;

/**
 * Throws {@link PermissionError} unless a page of the host's own sent the request. Browsers send the origin with every
 * POST, and pages cannot forge it.
 */
export function checkOrigin(urls: HostUrls, request: Request): void {
  const origin = request.headers.get('origin');
  if (origin !== null && ownOrigins(urls).includes(origin)) return;
  throw new PermissionError('The request does not come from a page of this site.', { status: 403 });
}

/**
 * Resolves where to send a user: a path of the front end, or a URL of an allowed origin. Throws
 * {@link InvalidRequestError} for any other, so that the host is no open redirector (RFC 9700 §4.11).
 */
export function resolveReturnTo(urls: HostUrls, returnTo: string | null | undefined): string {
  const { frontendUrl } = urls;
  if (returnTo === null || returnTo === undefined || returnTo === '') return frontendUrl;
  const url = URL.parse(returnTo, frontendUrl);
  // Browsers treat a backslash as a slash and drop control characters, so neither may occur.
  const isPlain = /^(\/(?![/\\])|https?:\/\/)[^\\\s\p{Cc}]*$/u.test(returnTo);
  if (url === null || !isPlain || !ownOrigins(urls).includes(url.origin) || url.username || url.password) {
    throw invalidInput('returnTo', 'must be a path of this site or a URL of an allowed origin');
  }
  return url.href;
}

/** The origins that the host allows. */
function ownOrigins({ frontendUrl, baseUrl, allowedReturnTo }: HostUrls): string[] {
  return [new URL(frontendUrl).origin, new URL(baseUrl).origin, ...allowedReturnTo];
}
