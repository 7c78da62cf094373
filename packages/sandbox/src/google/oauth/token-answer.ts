import { signJwt } from '../signing-key.ts';
import type { GoogleGrant } from './grants.ts';
import type { GoogleOAuthState } from './oauth-state.ts';

/** How long an access token is good. */
export const accessTokenSeconds = 3599;

/** What the token endpoint answers: an access token, and an ID token where `openid` was granted. */
export async function tokenAnswer(
  state: GoogleOAuthState,
  grant: GoogleGrant,
  nonce?: string,
): Promise<Record<string, string | number>> {
  return {
    access_token: state.grants.issueAccessToken(grant, accessTokenSeconds),
    expires_in: accessTokenSeconds,
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
    ...(grant.scopes.includes('openid') && { id_token: await idToken(state, grant, nonce) }),
  };
}

function idToken(
  { accounts, clock }: GoogleOAuthState,
  { account, clientId, scopes }: GoogleGrant,
  nonce: string | undefined,
): Promise<string> {
  const { sub, email, name } = accounts.get(account);
  const now = Math.floor(clock.now() / 1000);
  return signJwt({
    iss: 'https://accounts.google.com',
    azp: clientId,
    aud: clientId,
    sub,
    ...(scopes.some((scope) => scope.endsWith('/userinfo.email')) && { email, email_verified: true }),
    ...(scopes.some((scope) => scope.endsWith('/userinfo.profile')) && { name }),
    ...(nonce !== undefined && { nonce }),
    iat: now,
    exp: now + 3600,
  });
}
