import type { Deliver } from '../http/notifier.ts';
import type { SandboxRateLimit } from '../http/rate-limit.ts';
import type { ConfidentialApp } from '../oauth/profile.ts';
import type { Seed } from '../seed.ts';
import type { TickTickAccount } from './account.ts';
import type { AbsentFields, NewParents } from './records.ts';
import type { ProposedIds } from './tasks/batch.ts';

/** How an emulated TickTick behaves. */
export interface TickTickBehavior {
  /** What the accounts hold at first. Default: the sandbox's seed. */
  seed?: Seed;
  /** `official` (default): the Open API as it is. `guide`: the integration guide's wire format, with its webhooks. */
  dialect?: 'official' | 'guide';
  /** `automatic` (default): the authorization page redirects at once. `click`: it shows Allow and Deny. */
  consent?: 'automatic' | 'click';
  /** Per account. Default: 100 in 60 s and 300 in 300 s, in the guide's dialect 100 in 60 s. `[]`: no limit. */
  rateLimits?: readonly SandboxRateLimit[];
  /** Whether a batch keeps the 24-hex ids that its new tasks bring along (default) or assigns its own: not known of the real service. */
  proposedIds?: ProposedIds;
  /** How tasks' fields without a value are answered. Default: `omitted`. */
  absentFields?: AbsentFields;
  /** Whether a new task gets the parent that it names. Default: `keep`. */
  newParents?: NewParents;
  /** Apps beside the demo app. */
  apps?: readonly ConfidentialApp[];
  /** Default: one account. The browser is signed in to the first. */
  accounts?: readonly TickTickAccount[];
  /** Sends webhooks. Default: the global `fetch`. */
  deliver?: Deliver;
}
