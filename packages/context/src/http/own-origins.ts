import { PermissionError } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { invalidInput } from '../utils/input-checks.ts';

type HostUrls = Pick<ResolvedOptions, 'frontendUrl' | 'baseUrl' | 'allowedReturnTo' | 'trustedOrigins'>;

/** The longest `returnTo`, in characters. It is stored with each sign-in, also with those that are never completed. */
const MAX_RETURN_TO_LENGTH = 2_048;
/** Headers of requests that a browser makes before the user asks for the page. */
const PREFETCH_HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/**
 * Throws {@link PermissionError} unless a page of the host's own sent the request. Browsers send the origin with every
 * POST, and pages cannot forge it.
 */
export function checkOrigin(urls: HostUrls, request: Request): void {
  if (isOfHost(urls, request.headers.get('origin'))) return;
  throw new PermissionError('The request does not come from a page of this site.', { status: 403 });
}

/**
 * Throws {@link PermissionError} if another site, or a prefetch, caused a GET that changes something. A front end on another
 * port or domain is another site to browsers. Its links are known by the Referer, which pages can leave out but not forge.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function checkNavigation(urls: HostUrls, { headers }: Request): void {
  const site = headers.get('sec-fetch-site');
  const isOutside = site === 'cross-site' || site === 'same-site';
  const referrer = URL.parse(headers.get('referer') ?? '')?.origin ?? null;
  if (isOutside && !isOfHost(urls, referrer)) {
    throw new PermissionError('Only pages of this site can start this. Go back to the site and try again.', {
      status: 403,
    });
  }
  if (PREFETCH_HEADERS.some((name) => /prefetch|prerender|preview/i.test(headers.get(name) ?? ''))) {
    throw new PermissionError('This page cannot be loaded ahead of time.', { status: 403 });
  }
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
  const isAllowed = url !== null && [...ownOrigins(urls), ...urls.allowedReturnTo].includes(url.origin);
  if (!isPlain || !isAllowed || url.username || url.password) {
    throw invalidInput('returnTo', 'must be a path of this site or a URL of an allowed origin');
  }
  if (url.href.length > MAX_RETURN_TO_LENGTH) {
    throw invalidInput('returnTo', `has more than ${MAX_RETURN_TO_LENGTH} characters after URL encoding`);
  }
  return url.href;
}

/** Whether this is the origin of a page that may act for its user here. */
export function isOfHost(urls: HostUrls, origin: string | null): boolean {
  return origin !== null && [...ownOrigins(urls), ...urls.trustedOrigins].includes(origin);
}

function ownOrigins({ frontendUrl, baseUrl }: HostUrls): string[] {
  return [new URL(frontendUrl).origin, new URL(baseUrl).origin];
}
