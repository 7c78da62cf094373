import type { Deliver } from '../http/notifier.ts';
import type { OAuthApp } from '../oauth/profile.ts';
import type { Seed } from '../seed.ts';
import type { Refusals } from './access/refuse.ts';
import type { AzureDevOpsRateLimit } from './limits/rate-limit.ts';

/** How an emulated Azure DevOps behaves. */
export interface AzureDevOpsBehavior {
  /** Names; each organization has projects and work items of its own. Default: `fabrikam`. */
  organizations?: readonly string[];
  /** What organizations hold at first. Default: the sandbox's seed. */
  seed?: Seed;
  /** `automatic` (default): Entra's authorization page redirects at once. `click`: it shows Accept and Cancel. */
  consent?: 'automatic' | 'click';
  /** Apps beside the two demo apps. */
  apps?: readonly OAuthApp[];
  /**
   * How a credential that is missing or not good is answered. `real` (default): a sign-in page with 203 for GET and
   * POST, a redirect if there is none, 401 for PATCH. The others answer everything in one way.
   */
  refusals?: Refusals;
  /** How a route answers a token that lacks its scope; 401 gives the reason in `X-TFS-ServiceError`. Default: 403. */
  missingScope?: 401 | 403;
  /** What comes of a refresh token that is used twice. Default: `allow`, as Entra does; `revoke` ends its grant. */
  refreshReuse?: 'allow' | 'revoke';
  /** Default: 200 TSTU in five minutes for each person. */
  rateLimit?: AzureDevOpsRateLimit | false;
  /**
   * What a request of a `$batch` that fails does to the others: nothing (`independent`, default), or it fails the whole
   * (`all-or-nothing`): nothing is done, and the others answer TF401321.
   */
  batch?: 'independent' | 'all-or-nothing';
  /** How many results a query may have. Default: 20,000, the real limit. */
  wiqlLimit?: number;
  /** Whether service hooks may go to loopback, as a demo needs and the real service refuses. Default: false. */
  loopbackHooks?: boolean;
  /** Microsoft's Swagger documents, parsed: requests that break them show up in `violations`. */
  swagger?: readonly unknown[];
  /** Sends service hooks. Default: the global `fetch`. */
  deliver?: Deliver;
}
