import { createOAuthControl, issueTokens, type OAuthControl } from '../oauth/control.ts';
import type { ConfidentialApp } from '../oauth/profile.ts';
import type { OAuthServer } from '../oauth/server.ts';
import type { SpecCheck, SpecViolation } from '../spec/spec-check.ts';
import type { GoogleAccount, GoogleAccounts } from './accounts.ts';
import type { QueuedFailure, QueuedFailures } from './api/queued-failures.ts';
import type { TestUserCalendar } from './calendar/test-user-calendar.ts';
import type { TestUserGmail } from './gmail/test-user-gmail.ts';
import { DEMO_GOOGLE_APP } from './oauth/app.ts';
import { DEMO_SCOPES, parseScopes } from './oauth/scopes.ts';
import type { PubSub, PubSubControl } from './pubsub/pubsub.ts';
import type { PushDelivery, PushSender } from './push/push-sender.ts';

/** A user in Google's own apps. */
export interface GoogleTestUser {
  readonly calendar: TestUserCalendar;
  readonly gmail: TestUserGmail;
}

/** What a test can do to an emulated Google, and see of it. Accounts go by their address. Default: the first. */
export interface GoogleControl extends OAuthControl {
  /** The app that is always registered. */
  readonly app: ConfidentialApp;
  readonly accounts: readonly GoogleAccount[];
  /** A pair of tokens without the way through the browser. */
  issueToken(options?: {
    account?: string;
    /** Default: openid, email, calendar, gmail.compose. */
    scopes?: readonly string[];
    /** Seconds. Default: 3599. */
    expiresIn?: number;
  }): { accessToken: string; refreshToken: string };
  /** Session control: refreshes fail with `invalid_grant` and `invalid_rapt` until the user consents again. */
  requireReauthentication(account?: string): void;
  /** Refuses the next requests to the APIs for this reason, after quotas and before any work. */
  failNext(failure: QueuedFailure): void;
  /** Acts as the user in Google's own apps, without tokens, roles or quotas. */
  testUser(account?: string): GoogleTestUser;
  /** Where a topic's messages are pushed to, and tokens as they come along. */
  readonly pubsub: PubSubControl;
  readonly push: {
    /** Every attempt, oldest first. */
    readonly deliveries: readonly PushDelivery[];
    /** Resolves when every delivery is done. */
    settled(): Promise<void>;
  };
  /** What the discovery documents do not allow (with `discovery`), and what Gmail puts up with but is probably a mistake. */
  readonly violations: readonly SpecViolation[];
  /** Empties {@link GoogleControl.violations}. */
  forgetViolations(): void;
}

/** What the control works on. */
interface ControlParts {
  readonly oauth: OAuthServer;
  readonly accounts: GoogleAccounts;
  readonly queued: QueuedFailures;
  readonly calendar: { testUser(account: GoogleAccount): TestUserCalendar };
  readonly gmail: { testUser(account: GoogleAccount): TestUserGmail };
  readonly pubsub: PubSub;
  readonly push: PushSender;
  readonly check: SpecCheck;
}

export function createControl(parts: ControlParts): GoogleControl {
  const { oauth, accounts, queued, calendar, gmail, pubsub, push, check } = parts;
  return {
    ...createOAuthControl(oauth, (account) => accounts.get(account).email),
    app: DEMO_GOOGLE_APP,
    accounts: accounts.all,
    issueToken: ({ account, scopes: words = DEMO_SCOPES, expiresIn } = {}) => {
      const scopes = parseScopes(words);
      if (!scopes) throw new RangeError(`Not scopes of Google: ${words.join(' ')}`);
      return issueTokens(oauth, { account: accounts.get(account).email, scopes, expiresIn });
    },
    requireReauthentication: (account) => {
      for (const consent of oauth.grants.consentsInForce(account)) consent.needsReauthentication = true;
    },
    failNext: (failure) => queued.add(failure),
    testUser: (name) => {
      const account = accounts.get(name);
      return {
        calendar: calendar.testUser(account),
        // A mailbox is filled when it is first needed.
        get gmail() {
          return gmail.testUser(account);
        },
      };
    },
    pubsub: pubsub.control,
    push: { deliveries: push.deliveries, settled: () => push.settled() },
    violations: check.violations,
    forgetViolations: () => void check.violations.splice(0),
  };
}
