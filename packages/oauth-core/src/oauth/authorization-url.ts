import type { AuthorizationTransaction } from './authorization-transactions.ts';
import type { BeginAuthorizationOptions } from './oauth-client-options.ts';
import type { OAuthProvider } from './provider.ts';

/** What the address says besides its transaction. */
export interface AuthorizationRequest extends Pick<
  BeginAuthorizationOptions,
  'loginHint' | 'holdsRefreshToken'
> {
  clientId: string;
  codeChallenge: string;
  /** Of the key that the tokens will be bound to (RFC 9449 §10). */
  keyThumbprint: string | undefined;
}

/** Where a sign-in begins: RFC 6749 §4.1.1, with PKCE S256. */
export function authorizationUrl(
  provider: OAuthProvider,
  transaction: AuthorizationTransaction,
  { clientId, codeChallenge, keyThumbprint, loginHint, holdsRefreshToken }: AuthorizationRequest,
): URL {
  const url = new URL(provider.authorizationEndpoint);
  const parameters = {
    ...provider.authorizationParameters,
    ...(!holdsRefreshToken && provider.offlineParameters),
    response_type: 'code',
    client_id: clientId,
    redirect_uri: transaction.redirectUri,
    scope: transaction.scopes.join(' '),
    state: transaction.state,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...(keyThumbprint !== undefined && { dpop_jkt: keyThumbprint }),
    ...(transaction.nonce !== undefined && { nonce: transaction.nonce }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
