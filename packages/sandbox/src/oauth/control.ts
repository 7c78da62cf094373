import type { OAuthServer, OAuthStats } from './server.ts';

/** What a test can do to an authorization server and see of it. */
export interface OAuthControl {
  /** Signs the browser in, so that this account is asked for consent. */
  signIn(account: string): void;
  /** Access tokens stop being accepted. Refresh tokens and personal tokens stay good. Default: of all accounts. */
  expireAccessTokens(account?: string): void;
  /** Consent is taken back: access and refresh tokens stop being accepted. Default: of all accounts. */
  revokeGrants(account?: string): void;
  readonly stats: Readonly<OAuthStats>;
}

/** `nameOf` gives the account's own spelling of a name, and throws for an unknown one. */
export function createOAuthControl(server: OAuthServer, nameOf: (account: string) => string): OAuthControl {
  const { grants, stats } = server;
  return {
    signIn: (account) => {
      server.signedIn = nameOf(account);
    },
    expireAccessTokens: (account) => grants.expireAccessTokens(account),
    revokeGrants: (account) => grants.revoke(account),
    stats,
  };
}

/** A pair of tokens for the first app, without the way through the browser. */
export function issueTokens(
  { apps, profile, grants }: OAuthServer,
  request: { account: string; scopes: readonly string[]; expiresIn?: number | undefined },
): { accessToken: string; refreshToken: string } {
  const { account, scopes, expiresIn = profile.accessTokenSeconds } = request;
  const [clientId = ''] = apps.keys();
  const grant = grants.grantDirectly(account, clientId, { scopes, offline: true });
  return {
    accessToken: grants.issueAccessToken(grant, expiresIn),
    refreshToken: grants.issueRefreshToken(grant),
  };
}
