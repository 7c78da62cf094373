import { invalid } from '../utils/invalid.ts';
import type { Setup } from '../options/resolved-options.ts';

/**
 * Where a user may be sent: a path of the front end, or a URL of an origin that the host allows. Throws
 * {@link InvalidRequestError} for any other, so that nobody is sent elsewhere through the host (RFC 9700 §4.11).
 */
export function checkedReturnTo(
  { frontendUrl, baseUrl, allowedReturnTo }: Setup,
  returnTo: string | null | undefined,
): string {
  if (returnTo === null || returnTo === undefined || returnTo === '') return frontendUrl;
  const url = URL.parse(returnTo, frontendUrl);
  const origins = [new URL(frontendUrl).origin, new URL(baseUrl).origin, ...allowedReturnTo];
  // Browsers take a backslash for a slash, and drop control characters: what reads as a path must be one.
  const isPlain = /^(\/(?![/\\])|https?:\/\/)[^\\\s\p{Cc}]*$/u.test(returnTo);
  if (url === null || !isPlain || !origins.includes(url.origin) || url.username || url.password) {
    throw invalid('returnTo', 'is neither a path of this site nor at an origin that it allows');
  }
  return url.href;
}
