import type { Deliver } from '../http/notifier.ts';
import type { SandboxRateLimit } from '../http/rate-limit.ts';
import type { ConfidentialApp } from '../oauth/profile.ts';
import type { GoogleAccount } from './accounts.ts';
import type { GoogleApi } from './api/method.ts';
import type { QuotaRefusal } from './api/quotas.ts';
import type { MailRules } from './gmail/mail/mend-mail.ts';
import type { GoogleServiceAccount } from './oauth/service-accounts.ts';

/** How an emulated Google behaves. */
export interface GoogleBehavior {
  /** Default: Ada and her colleague Grace. The browser is signed in to the first. */
  accounts?: readonly GoogleAccount[];
  /** Apps beside the demo app. */
  apps?: readonly ConfidentialApp[];
  /** Accounts of programs, which sign their own assertions. Default: none. */
  serviceAccounts?: readonly GoogleServiceAccount[];
  /** `automatic` (default): the consent page redirects at once. `click`: it shows check boxes and two buttons. */
  consent?: 'automatic' | 'click';
  /** Scopes that the user leaves unchecked where there are check boxes: with more than one scope beside signing in. */
  deniedScopes?: readonly string[];
  /** Units per user. Default: Calendar 600 in 60 s, Gmail 6,000 in 60 s. `[]`: no limit. */
  quotas?: Partial<Record<GoogleApi, readonly SandboxRateLimit[]>>;
  /**
   * What becomes of an app's mail that breaks RFC 5322 where Gmail mends it: bare line feeds, a From that is no address, 8-bit
   * headers, long lines. `gmail` (default): mended, without a word. `strict`: mended, and each problem is among the violations;
   * with the sandbox's own `strict`, a 400.
   */
  mail?: MailRules;
  /** How a used-up quota is answered. Default: Calendar `403`, Gmail `retry-after-text`. */
  refusal?: QuotaRefusal;
  /** Requests of one user that are answered at once; more get a 429. Default: Gmail 10, Calendar no limit. */
  concurrency?: Partial<Record<GoogleApi, number>>;
  /** Mails that one user may send in 24 hours. Default: 2,000, as in Google Workspace. */
  sendsPerDay?: number;
  /** Seconds that a Calendar channel is granted at most, whatever it asks for. Default: no limit. */
  maxChannelSeconds?: number;
  /** Whether the response to `events.watch` says when the channel expires. Default: true. */
  showsChannelExpiration?: boolean;
  /**
   * What `events.import` does with an iCalUID that the calendar knows, if only as that of a deleted event: `refused` (default)
   * with 409 `duplicate`, as users see it since 2024, or `updates` it, as they saw it before.
   */
  secondImport?: 'refused' | 'updates';
  /** Google's discovery documents, parsed. What they do not allow is answered 400 and kept in `violations`. */
  discovery?: readonly unknown[];
  /** Sends notifications. Default: the global `fetch`. */
  deliver?: Deliver;
}
