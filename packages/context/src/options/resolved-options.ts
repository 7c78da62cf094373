import type { Hooks, OAuthClient, RateLimiter, RecordStore, RetryOptions } from '@context-sdk/oauth-core';
import type { OnEvent } from '../changes/context-event.ts';
import type { ProviderId } from './provider-id.ts';
import type { Providers } from './provider-options.ts';
import type { OnConnected } from '../http/auth/on-connected.ts';

/** What every part of a context works with: the host's options, checked, and what follows from them. */
export interface Setup {
  readonly store: RecordStore;
  readonly providers: Providers;
  /** An app of the host's at each provider where users sign in. */
  readonly oauth: ReadonlyMap<ProviderId, OAuthClient>;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Empty, or with a slash at its beginning and none at its end. */
  readonly basePath: string;
  readonly frontendUrl: string;
  /** Origins besides those of `frontendUrl` and `baseUrl` that users may be sent to. */
  readonly allowedReturnTo: readonly string[];
  readonly onConnected: OnConnected | undefined;
  readonly onEvent: OnEvent | undefined;
  /** Whether services can deliver to `baseUrl`; by its form unless given. */
  readonly push: boolean | undefined;
  /** What all clients are given. */
  readonly requests: {
    readonly rateLimiter?: RateLimiter | undefined;
    readonly retry?: RetryOptions | undefined;
    readonly timeoutMs?: number | undefined;
    readonly fetch?: typeof fetch | undefined;
    readonly hooks?: Hooks | undefined;
  };
}
