import type { AuthorizationCode } from './authorization-codes.ts';
import { type AuthenticatedClient, invalidClient } from './client-authentication.ts';
import type { Grant } from './grants.ts';
import { invalidGrant } from './oauth-failure.ts';
import type { OAuthState } from './oauth-state.ts';
import { matchesChallenge } from './pkce.ts';

/** Turns a code into a grant. An attempt uses the code up even if it fails. */
export async function exchangeCode(
  state: OAuthState,
  form: URLSearchParams,
  client: AuthenticatedClient,
): Promise<Grant> {
  const code = takeCode(state, form.get('code') ?? '');
  if (code.clientId !== client.app.clientId) throw invalidGrant('The code was issued to another client');
  if (code.redirectUri !== form.get('redirect_uri')) throw invalidGrant('Redirect URI mismatch');
  await checkVerifier(code, form.get('code_verifier'), client);
  const grant = {
    account: code.account,
    clientId: code.clientId,
    scopes: code.scopes,
    publicClient: !client.confidential,
    revoked: false,
  };
  code.grant = grant;
  return grant;
}

/** A code that comes again was stolen, or its first user was the thief: what it gave is taken back. */
function takeCode(state: OAuthState, value: string): AuthorizationCode {
  const code = state.codes.find(value);
  if (!code) throw invalidGrant('Invalid authorization code');
  if (code.used) {
    state.stats.codeReplays += 1;
    if (code.grant) code.grant.revoked = true;
    throw invalidGrant('The authorization code was used before');
  }
  code.used = true;
  if (state.codes.hasExpired(code)) throw invalidGrant('The authorization code has expired');
  return code;
}

async function checkVerifier(
  { codeChallenge }: AuthorizationCode,
  verifier: string | null,
  { confidential }: AuthenticatedClient,
): Promise<void> {
  if (codeChallenge === undefined) {
    if (!confidential) throw invalidClient(false);
    if (verifier !== null) throw invalidGrant('A code verifier came without a challenge');
    return;
  }
  if (verifier === null || !(await matchesChallenge(verifier, codeChallenge))) {
    throw invalidGrant('The code verifier does not match');
  }
}
