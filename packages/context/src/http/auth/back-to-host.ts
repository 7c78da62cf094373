import type { ProviderId } from '../../options/provider-id.ts';
import { PRIVATE_HEADERS } from '../page.ts';
import type { ConnectedResult } from './on-connected.ts';

/**
 * Redirects to a clean URL with 303, so that nothing of the request is sent along (RFC 9700 §4.12). The query parameter
 * named after the provider has the outcome.
 */
export function backToHost(
  returnTo: string,
  provider: ProviderId,
  outcome: 'success' | 'denied' | 'kept',
  cookies: readonly string[],
  hostHeaders?: ConnectedResult['headers'],
): Response {
  const location = new URL(returnTo);
  location.searchParams.set(provider, outcome);
  return seeOther(location.href, cookies, hostHeaders);
}

/** A redirect with 303 that is not stored. The host's own headers cannot weaken it. */
export function seeOther(
  location: string,
  cookies: readonly string[],
  hostHeaders?: ConnectedResult['headers'],
): Response {
  const headers = new Headers(hostHeaders);
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) headers.set(name, value);
  headers.set('location', location);
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
