import type { GoogleApp } from './app.ts';
import type { GoogleGrant } from './grants.ts';
import { invalidGrant } from './oauth-failure.ts';
import type { GoogleOAuthState } from './oauth-state.ts';

/** Finds the grant that a refresh token renews. The token itself stays as it is: Google rotates none. */
export function refresh(state: GoogleOAuthState, form: URLSearchParams, app: GoogleApp): GoogleGrant {
  const grant = state.grants.findRefreshToken(form.get('refresh_token') ?? '');
  if (!grant) throw invalidGrant('Token has been expired or revoked.');
  if (grant.clientId !== app.clientId) throw invalidGrant('Bad Request');
  if (grant.consent.needsReauthentication) {
    throw invalidGrant('reauth related error (invalid_rapt)', 'invalid_rapt');
  }
  state.stats.refreshes += 1;
  return grant;
}
