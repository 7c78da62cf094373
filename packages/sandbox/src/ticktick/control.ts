import { createOAuthControl, issueTokens, type OAuthControl } from '../oauth/control.ts';
import type { ConfidentialApp } from '../oauth/profile.ts';
import type { OAuthServer } from '../oauth/server.ts';
import type { TickTickAccount } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { WebhookDelivery, Webhooks } from './guide/webhooks.ts';
import { ALL_SCOPES, parseScopes } from './oauth/profile.ts';
import { createTestUser, type TickTickTestUser } from './test-user.ts';

/** What a test can do to an emulated TickTick, and see of it. Accounts go by their `username`. Default: the first. */
export interface TickTickControl extends OAuthControl {
  /** The app that is always registered: its redirect URI may have any loopback port. */
  readonly app: ConfidentialApp;
  readonly accounts: readonly TickTickAccount[];
  /** A token without the way through the browser. The guide's dialect adds a refresh token. */
  issueToken(options?: {
    account?: string;
    /** Seconds. */
    expiresIn?: number;
    /** Default: both scopes. */
    scope?: string;
  }): { accessToken: string; refreshToken?: string };
  /** A personal API token: both scopes, no expiry. */
  issueApiToken(account?: string): string;
  /** Acts as the user in TickTick's own app, without tokens, caps or rate limits. */
  testUser(account?: string): TickTickTestUser;
  readonly webhooks: {
    /** Every attempt, oldest first. */
    readonly deliveries: readonly WebhookDelivery[];
    /** Resolves when every delivery is done. */
    settled(): Promise<void>;
  };
}

export function createControl(parts: {
  app: ConfidentialApp;
  accounts: Accounts;
  oauth: OAuthServer;
  webhooks: Webhooks;
}): TickTickControl {
  const { app, accounts, oauth, webhooks } = parts;
  const { grants, profile } = oauth;
  return {
    ...createOAuthControl(oauth, (account) => accounts.get(account).username),
    app,
    accounts: accounts.all,
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
      return grants.issueAccessToken(grant, Number.POSITIVE_INFINITY);
    },
    testUser: (account) => createTestUser(accounts.dataOf(account)),
    webhooks: { deliveries: webhooks.deliveries, settled: () => webhooks.settled() },
  };
}
