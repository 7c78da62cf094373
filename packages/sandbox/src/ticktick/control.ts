import { issueTokens, type OAuthServer, type OAuthStats } from '../oauth/server.ts';
import type { TickTickAccount } from './account.ts';
import type { Accounts } from './accounts.ts';
import { createTestUser, type TickTickTestUser } from './test-user.ts';
import type { WebhookDelivery, Webhooks } from './guide/webhooks.ts';
import type { TickTickApp } from './oauth/app.ts';
import { ALL_SCOPES, parseScopes } from './oauth/scopes.ts';

/** What a test can do to an emulated TickTick, and see of it. Accounts go by their `username`, by default the first. */
export interface TickTickControl {
  /** The app that is always registered: its redirect URI may have any loopback port. */
  readonly app: TickTickApp;
  readonly accounts: readonly TickTickAccount[];
  /** Signs the browser in, so that this account is asked for consent. */
  signIn(account: string): void;
  /** A token without the way through the browser; with a refresh token in the guide's dialect. */
  issueToken(options?: {
    account?: string;
    /** Seconds. */
    expiresIn?: number;
    /** Default: both scopes. */
    scope?: string;
  }): { accessToken: string; refreshToken?: string };
  /** A personal API token: both scopes, no expiry. */
  issueApiToken(account?: string): string;
  /** Every access token stops being accepted; refresh tokens and personal API tokens stay good. */
  expireAccessTokens(account?: string): void;
  /** The user takes the consent back: access and refresh tokens stop being accepted. */
  revokeGrants(account?: string): void;
  readonly stats: Readonly<OAuthStats>;
  /** Acts as the user in TickTick's own app, without tokens, caps or rate limits. */
  testUser(account?: string): TickTickTestUser;
  readonly webhooks: {
    /** Every attempt, oldest first. */
    readonly deliveries: readonly WebhookDelivery[];
    /** Resolves when no delivery is under way any more. */
    settled(): Promise<void>;
  };
}

export function createControl(parts: {
  app: TickTickApp;
  accounts: Accounts;
  oauth: OAuthServer;
  webhooks: Webhooks;
}): TickTickControl {
  const { app, accounts, oauth, webhooks } = parts;
  const { grants, profile, stats } = oauth;
  return {
    app,
    accounts: accounts.all,
    signIn: (account) => {
      oauth.signedIn = accounts.get(account).username;
    },
    issueToken: ({ account, expiresIn, scope = ALL_SCOPES.join(' ') } = {}) => {
      const scopes = parseScopes(scope);
      if (!scopes) throw new RangeError(`Not a scope of TickTick: ${scope}`);
      const { username } = accounts.get(account);
      const { accessToken, refreshToken } = issueTokens(oauth, { account: username, scopes, expiresIn });
      return profile.refreshTokens ? { accessToken, refreshToken } : { accessToken };
    },
    issueApiToken: (account) => {
      const consent = grants.extendConsent(accounts.get(account).username, '', ALL_SCOPES);
      const grant = { consent, scopes: ALL_SCOPES, offline: false, publicClient: false };
      return grants.issueAccessToken(grant, Infinity);
    },
    expireAccessTokens: (account) => grants.expireAccessTokens(account),
    revokeGrants: (account) => grants.revoke(account),
    stats,
    testUser: (account) => createTestUser(accounts.dataOf(account)),
    webhooks: { deliveries: webhooks.deliveries, settled: () => webhooks.settled() },
  };
}
