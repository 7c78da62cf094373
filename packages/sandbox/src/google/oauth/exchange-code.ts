import type { GoogleApp } from './app.ts';
import type { AuthorizationCode } from './authorization-codes.ts';
import { invalidGrant, OAuthFailure } from './oauth-failure.ts';
import type { GoogleOAuthState } from './oauth-state.ts';
import { matchesChallenge } from './pkce.ts';

/** Checks a code and what comes with it. An attempt uses the code up even if it fails. */
export async function exchangeCode(
  state: GoogleOAuthState,
  form: URLSearchParams,
  app: GoogleApp,
): Promise<AuthorizationCode> {
  const code = takeCode(state, form.get('code') ?? '');
  if (code.grant.clientId !== app.clientId || code.grant.consent.revoked) throw invalidGrant('Bad Request');
  if (code.redirectUri !== form.get('redirect_uri')) {
    throw new OAuthFailure('redirect_uri_mismatch', 'Bad Request');
  }
  await checkVerifier(code, form.get('code_verifier'));
  return code;
}

function takeCode(state: GoogleOAuthState, value: string): AuthorizationCode {
  const code = state.codes.find(value);
  if (code?.used) state.stats.codeReplays += 1;
  if (!code || code.used || state.codes.hasExpired(code)) throw invalidGrant('Bad Request');
  code.used = true;
  return code;
}

async function checkVerifier({ codeChallenge }: AuthorizationCode, verifier: string | null): Promise<void> {
  if (codeChallenge === undefined) {
    if (verifier !== null) throw invalidGrant('code_verifier or verifier is not needed.');
    return;
  }
  if (verifier === null) throw invalidGrant('Missing code verifier.');
  if (!(await matchesChallenge(verifier, codeChallenge))) throw invalidGrant('Invalid code verifier.');
}
