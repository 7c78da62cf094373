import { issueTokens, type OAuthServer } from '../../oauth/server.ts';
import type { GoogleAccounts } from '../accounts.ts';
import type { GoogleControl } from '../control.ts';
import { DEMO_GOOGLE_APP } from './app.ts';
import { DEMO_SCOPES, parseScopes } from './scopes.ts';

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
export function createTokenControl(oauth: OAuthServer, accounts: GoogleAccounts): TokenControl {
  const { grants, stats } = oauth;
  return {
    app: DEMO_GOOGLE_APP,
    signIn: (email) => {
      oauth.signedIn = accounts.get(email).email;
    },
    issueToken: ({ account, scopes: words = DEMO_SCOPES, expiresIn } = {}) => {
      const scopes = parseScopes(words);
      if (!scopes) throw new RangeError(`Not scopes of Google: ${words.join(' ')}`);
      return issueTokens(oauth, { account: accounts.get(account).email, scopes, expiresIn });
    },
    expireAccessTokens: (account) => grants.expireAccessTokens(account),
    revokeGrants: (account) => grants.revoke(account),
    requireReauthentication: (account) => {
      for (const consent of grants.consentsInForce(account)) consent.needsReauthentication = true;
    },
    stats,
  };
}
