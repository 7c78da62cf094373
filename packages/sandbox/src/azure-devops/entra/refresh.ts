import type { AzureDevOpsApp } from './app.ts';
import { EntraFailure, invalidScope, missingParameter } from './entra-failure.ts';
import type { EntraState } from './entra-state.ts';
import type { Grant } from './grants.ts';
import { parseScopes } from './scopes.ts';

/**
 * A refresh token for new tokens. The old one stays good, as at the real service; that it came again is counted, and
 * with `refreshReuse: 'revoke'` ends the grant.
 */
export function refresh(state: EntraState, form: URLSearchParams, app: AzureDevOpsApp): Grant {
  const value = form.get('refresh_token');
  if (value === null) throw missingParameter('refresh_token');
  const token = state.grants.findRefreshToken(value);
  if (!token || token.grant.clientId !== app.clientId) throw malformed();
  if (token.used) {
    state.stats.refreshReuses += 1;
    if (state.refreshReuse === 'revoke') token.grant.revoked = true;
  }
  if (token.grant.revoked) throw revoked(token.issuedAt);
  if (state.clock.now() >= token.expiresAt) throw inactive(token.issuedAt);
  checkScope(form.get('scope'), token.grant);
  token.used = true;
  state.stats.refreshes += 1;
  return token.grant;
}

/** A refresh may ask for less, or for nothing in particular. */
function checkScope(text: string | null, grant: Grant): void {
  if (text === null) return;
  const requested = parseScopes(text);
  if (!requested) throw invalidScope(text);
  if (!requested.scopes.every((scope) => grant.scopes.includes(scope))) {
    throw new EntraFailure(
      'invalid_grant',
      65001,
      'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
    );
  }
}

function malformed(): EntraFailure {
  return new EntraFailure('invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.');
}

function revoked(issuedAt: number): EntraFailure {
  return new EntraFailure(
    'invalid_grant',
    50173,
    `The provided grant has expired due to it being revoked, a fresh auth token is needed. The grant was issued on '${new Date(issuedAt).toISOString()}'.`,
  );
}

function inactive(issuedAt: number): EntraFailure {
  return new EntraFailure(
    'invalid_grant',
    700082,
    `The refresh token has expired due to inactivity. The token was issued on ${new Date(issuedAt).toISOString()} and was inactive for 90.00:00:00.`,
  );
}
