import type { GoogleControl } from '../control.ts';
import { demoGoogleApp } from './app.ts';
import type { GoogleOAuthState } from './oauth-state.ts';
import { demoScopes, parseScopes } from './scopes.ts';
import { accessTokenSeconds } from './token-answer.ts';

type TokenControl = Pick<
  GoogleControl,
  | 'app'
  | 'signIn'
  | 'issueToken'
  | 'expireAccessTokens'
  | 'revokeGrants'
  | 'requireReauthentication'
  | 'stats'
>;

/** The part of the handle that is about signing in. */
export function createTokenControl(oauth: GoogleOAuthState): TokenControl {
  const { accounts, consents, grants, stats } = oauth;
  const app = demoGoogleApp;
  return {
    app,
    signIn: (email) => {
      oauth.signedIn = accounts.get(email).email;
    },
    issueToken: ({ account, scopes: words = demoScopes, expiresIn = accessTokenSeconds } = {}) => {
      const { email } = accounts.get(account);
      const scopes = parseScopes(words);
      if (!scopes) throw new RangeError(`Not scopes of Google: ${words.join(' ')}`);
      const consent = consents.extend(email, app.clientId, scopes);
      const grant = { account: email, clientId: app.clientId, scopes, consent };
      consent.offline = true;
      return {
        accessToken: grants.issueAccessToken(grant, expiresIn),
        refreshToken: grants.issueRefreshToken(grant),
      };
    },
    expireAccessTokens: (account) => grants.expireAccessTokens(account),
    revokeGrants: (account) => {
      for (const consent of consents.inForce(account)) consent.revoked = true;
    },
    requireReauthentication: (account) => {
      for (const consent of consents.inForce(account)) consent.needsReauthentication = true;
    },
    stats,
  };
}
