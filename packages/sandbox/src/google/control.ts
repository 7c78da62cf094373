import type { OAuthStats } from '../oauth/server.ts';
import type { SpecViolation } from '../spec/spec-check.ts';
import type { GoogleAccount } from './accounts.ts';
import type { QueuedFailure } from './api/queued-failures.ts';
import type { TestUserCalendar } from './calendar/test-user-calendar.ts';
import type { TestUserGmail } from './gmail/test-user-gmail.ts';
import type { GoogleApp } from './oauth/app.ts';
import type { PubSubControl } from './pubsub/pubsub.ts';
import type { PushDelivery } from './push/push-sender.ts';

/** A user in Google's own apps. */
export interface GoogleTestUser {
  readonly calendar: TestUserCalendar;
  readonly gmail: TestUserGmail;
}

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
  failNext(failure: QueuedFailure): void;
  readonly stats: Readonly<OAuthStats>;
  /** Acts as the user in Google's own apps, without tokens, roles or quotas. */
  testUser(account?: string): GoogleTestUser;
  /** Where a topic's messages are pushed to, and tokens as they come along. */
  readonly pubsub: PubSubControl;
  readonly push: {
    /** Every attempt, oldest first. */
    readonly deliveries: readonly PushDelivery[];
    /** Resolves when no delivery is under way any more. */
    settled(): Promise<void>;
  };
  /** Requests that the discovery documents do not allow; empty without `discovery`. */
  readonly violations: readonly SpecViolation[];
}
