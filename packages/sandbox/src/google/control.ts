import type { GoogleAccount } from './accounts.ts';
import type { PlannedFailure } from './api/planned-failures.ts';
import type { CalendarDevice } from './calendar/device.ts';
import type { GmailDevice } from './gmail/device.ts';
import type { GoogleApp } from './oauth/app.ts';
import type { GoogleOAuthStats } from './oauth/oauth-stats.ts';
import type { PubSubControl } from './pubsub/pubsub.ts';
import type { PushDelivery } from './push/push-sender.ts';

/** What a test can do to an emulated Google, and see of it. Accounts go by their address, by default the first. */
export interface GoogleControl {
  /** The app that is always registered. */
  readonly app: GoogleApp;
  readonly accounts: readonly GoogleAccount[];
  /** Signs the browser in, so that this account is asked for consent. */
  signIn(email: string): void;
  /** A pair of tokens without the way through the browser. */
  issueToken(options?: {
    account?: string;
    /** Default: openid, email, calendar, gmail.compose. */
    scopes?: readonly string[];
    /** Seconds. Default: 3599. */
    expiresIn?: number;
  }): { accessToken: string; refreshToken: string };
  /** Every access token stops being accepted; refresh tokens stay good. */
  expireAccessTokens(account?: string): void;
  /** The user takes the consent back: every token dies, refreshing answers invalid_grant. */
  revokeGrants(account?: string): void;
  /** Session control: refreshing answers invalid_grant with `invalid_rapt` until the user consents again. */
  requireReauthentication(account?: string): void;
  /** The next requests to the APIs are refused for this reason, past quotas and before any work. */
  failNext(failure: PlannedFailure): void;
  readonly stats: Readonly<GoogleOAuthStats>;
  /** An account's calendars, to read and to change as the user's phone and colleagues would. */
  calendar(account?: string): CalendarDevice;
  /** An account's mail, to read and to change as the user's phone and other people would. */
  gmail(account?: string): GmailDevice;
  /** Where a topic's messages are pushed to, and tokens as they come along. */
  readonly pubsub: PubSubControl;
  readonly push: {
    /** Every attempt, oldest first. */
    readonly deliveries: readonly PushDelivery[];
    /** Resolves when no delivery is under way any more. */
    settled(): Promise<void>;
  };
  /** Requests that the discovery documents do not allow, in words; empty unless `discovery` was given. */
  readonly violations: readonly string[];
}
