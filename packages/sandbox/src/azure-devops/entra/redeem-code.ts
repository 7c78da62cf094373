import { matchesChallenge } from '../../ticktick/oauth/pkce.ts';
import type { AzureDevOpsApp } from './app.ts';
import type { AuthorizationCode } from './authorization-codes.ts';
import { EntraFailure, missingParameter } from './entra-failure.ts';
import type { EntraState } from './entra-state.ts';
import type { Grant } from './grants.ts';

/** Turns a code into a grant. An attempt uses the code up even if it fails. */
export async function redeemCode(
  state: EntraState,
  form: URLSearchParams,
  app: AzureDevOpsApp,
): Promise<Grant> {
  const value = form.get('code');
  if (value === null) throw missingParameter('code');
  const code = takeCode(state, value);
  if (code.clientId !== app.clientId)
    throw invalidGrant(700005, 'The code was issued to another application.');
  if (code.redirectUri !== form.get('redirect_uri')) {
    throw invalidGrant(500112, 'The reply address does not match the one that the code was requested with.');
  }
  await checkVerifier(code, form.get('code_verifier'));
  const { person, requested } = code;
  const grant: Grant = {
    person,
    clientId: app.clientId,
    scopes: requested.scopes,
    scopeText: requested.text,
    offline: requested.offline,
    revoked: false,
  };
  code.grant = grant;
  return grant;
}

/** A code that comes again was stolen, or its first user was the thief: what it gave is taken back. */
function takeCode(state: EntraState, value: string): AuthorizationCode {
  const code = state.codes.find(value);
  if (!code) throw invalidGrant(9002313, 'The authorization code is malformed or invalid.');
  if (code.used) {
    state.stats.codeReplays += 1;
    if (code.grant) code.grant.revoked = true;
    throw invalidGrant(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code.',
    );
  }
  code.used = true;
  if (state.codes.hasExpired(code)) {
    throw invalidGrant(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity.',
    );
  }
  return code;
}

async function checkVerifier({ codeChallenge }: AuthorizationCode, verifier: string | null): Promise<void> {
  if (codeChallenge === undefined) {
    if (verifier === null) return;
    throw invalidGrant(501481, 'A code_verifier came without a code_challenge in the authorization request.');
  }
  if (verifier === null || !(await matchesChallenge(verifier, codeChallenge))) {
    throw invalidGrant(
      501481,
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    );
  }
}

function invalidGrant(code: number, text: string): EntraFailure {
  return new EntraFailure('invalid_grant', code, text);
}
