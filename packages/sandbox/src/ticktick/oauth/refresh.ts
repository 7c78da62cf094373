import { type AuthenticatedClient, invalidClient } from './client-authentication.ts';
import type { Grant } from './grants.ts';
import { invalidGrant } from './oauth-failure.ts';
import type { OAuthState } from './oauth-state.ts';

/** Rotates a refresh token. One that comes a second time ends the whole grant, access tokens and all. */
export function refresh(state: OAuthState, form: URLSearchParams, client: AuthenticatedClient): Grant {
  const value = form.get('refresh_token') ?? '';
  const token = state.grants.findRefreshToken(value);
  if (!token || token.grant.clientId !== client.app.clientId) throw invalidGrant('Invalid refresh token');
  if (!client.confidential && !token.grant.publicClient) throw invalidClient(false);
  if (token.spent) {
    state.stats.refreshReuses += 1;
    token.grant.revoked = true;
  }
  if (token.grant.revoked) throw invalidGrant('The refresh token is no longer valid');
  state.grants.spendRefreshToken(value);
  state.stats.refreshes += 1;
  return token.grant;
}
