import type {
  Hooks,
  OAuthClient,
  RateLimiter,
  RecordStore,
  RetryOptions,
  RevocationOutbox,
} from '@context-sdk/oauth-core';
import type { Audit } from './audit.ts';
import type { JobPlanner } from './job-planner.ts';
import type { LinksOptions } from './links-options.ts';
import type { ProviderId } from './provider-id.ts';
import type { Providers } from './provider-options.ts';

/** The host's options after checks and defaults. The callbacks go to the parts that call them. */
export interface ResolvedOptions {
  readonly store: RecordStore;
  readonly providers: Providers;
  /** One client per provider at which the host has an OAuth app. */
  readonly oauth: ReadonlyMap<ProviderId, OAuthClient>;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Empty, or with a leading slash and no trailing one. */
  readonly basePath: string;
  readonly frontendUrl: string;
  /** Origins other than those of `frontendUrl` and `baseUrl` that users may be sent to. */
  readonly allowedReturnTo: readonly string[];
  /** Origins other than those of `frontendUrl` and `baseUrl` whose pages may send POST requests. */
  readonly trustedOrigins: readonly string[];
  /** Whether services can deliver to `baseUrl`. */
  readonly push: boolean;
  /** Whether services on this machine can deliver to `baseUrl`. */
  readonly pushesLocally: boolean;
  /** Tells the host what happens to the access that users have given. */
  readonly audit: Audit;
  /** What a change of a task means for its blocks by default. */
  readonly onTaskChange: 'follow' | 'ask' | 'leave';
  /** What keeps tasks and their work items, blocks and drafts the same. */
  readonly links: LinksOptions;
  /** Grants that are to end at their providers. */
  readonly revocations: RevocationOutbox;
  /** Plans what maintenance has to do. */
  readonly jobs: JobPlanner;
  /** Options that all clients share. */
  readonly requests: {
    readonly rateLimiter?: RateLimiter | undefined;
    readonly retry?: RetryOptions | undefined;
    readonly maxPauseMs?: number | undefined;
    readonly timeoutMs?: number | undefined;
    readonly maxWaitMs?: number | undefined;
    readonly fetch?: typeof fetch | undefined;
    readonly hooks?: Hooks | undefined;
  };
}
