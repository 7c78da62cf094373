import { bodyText, type ServiceRequest } from '../http/service.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import type { Grant } from './grants.ts';
import type { RefreshTokenRules } from './profile.ts';
import { failure, formParameter, type OAuthServer } from './server.ts';

/** Returns the grant that a refresh token renews. With some providers, a token that arrives again ends its grant. */
export function refresh(
  server: OAuthServer,
  form: URLSearchParams,
  client: AuthenticatedClient,
  { rotates, reuse, lifetimeMs = Number.POSITIVE_INFINITY }: RefreshTokenRules,
): Grant {
  const { profile, grants, stats, clock } = server;
  const token = grants.findRefreshToken(formParameter(server, form, 'refresh_token'));
  if (!token) throw failure(server, 'unknownRefreshToken');
  const { grant } = token;
  const issuedAt = new Date(token.issuedAt).toISOString();
  if (grant.consent.clientId !== client.app.clientId) throw failure(server, 'refreshTokenOfAnotherApp');
  if (!client.confidential && !grant.publicClient) throw failure(server, 'unprovenClient');
  if (token.used) {
    stats.refreshReuses += 1;
    if (reuse === 'revoke') grant.consent.revoked = true;
  }
  if (grant.consent.revoked) throw failure(server, 'revokedRefreshToken', issuedAt);
  if (clock.now() >= token.issuedAt + lifetimeMs) throw failure(server, 'expiredRefreshToken', issuedAt);
  profile.checkRefresh?.(form, grant);
  token.used = rotates;
  stats.refreshes += 1;
  return grant;
}

/** Counts a refresh request that has arrived. Returns what to call when it is answered. */
export function trackRefresh(server: OAuthServer, request: ServiceRequest): () => void {
  const { grants, stats, refreshesInFlight } = server;
  const refreshToken = new URLSearchParams(bodyText(request)).get('refresh_token') ?? '';
  const grant = grants.findRefreshToken(refreshToken)?.grant;
  if (!grant) return () => undefined;
  const change = (by: number): number => {
    const count = (refreshesInFlight.get(grant) ?? 0) + by;
    refreshesInFlight.set(grant, count);
    return count;
  };
  stats.concurrentRefreshes = Math.max(stats.concurrentRefreshes, change(1));
  return () => void change(-1);
}
