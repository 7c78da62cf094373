import { ContextSdkError } from '@context-sdk/oauth-core';
import type { EventHandout } from './event-dispatcher.ts';
import { configuredProviders } from '../options/configured-providers.ts';
import { isProviderId, type ProviderId } from '../options/provider-id.ts';
import type { Setup } from '../options/resolved-options.ts';
import type { Services } from '../users/services.ts';
import { DeliveryOwners } from './webhooks/webhook-routing.ts';
import { isPublic } from '../options/is-public-url.ts';
import type { FeedParts, FeedService } from './sources/change-source.ts';
import { feedsOf } from './sources/change-sources.ts';
import { follow, type Followed, unfollow } from './sync-changes.ts';

/** What was done for one user and service. */
export interface FollowedService extends Followed {
  service: FeedService;
}

/** How a service is asked for changes. */
export interface FollowOptions {
  /** Milliseconds between polls, instead of a minute, or five for Azure DevOps. */
  pollEveryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Sees to it that changes of users' services reach the host. */
export class Followers {
  readonly #setup: Setup;
  readonly #handout: EventHandout;
  readonly #owners: DeliveryOwners;
  readonly #canReach: boolean;

  constructor(setup: Setup, handout: EventHandout) {
    this.#setup = setup;
    this.#handout = handout;
    this.#owners = new DeliveryOwners(setup.store);
    this.#canReach = setup.push ?? isPublic(setup.baseUrl);
  }

  /** Does what is due for one connection, service by service. What one of them throws is told beside the rest. */
  async follow(
    user: Services & { id: string },
    provider: string,
    options: FollowOptions & { isAskedFor?: boolean },
  ): Promise<FollowedService[]> {
    if (!isProviderId(provider) || !configuredProviders(this.#setup.providers).includes(provider)) return [];
    return await Promise.all(
      feedsOf(provider).map(async (feed) => {
        const { service } = feed;
        const parts = this.#parts(user);
        const emit = (event: Parameters<EventHandout['give']>[0]): Promise<void> => this.#handout.give(event);
        try {
          return { service, ...(await follow(feed, { ...options, parts, emit, canReach: this.#canReach })) };
        } catch (error) {
          options.signal?.throwIfAborted();
          return { service, mode: 'none', did: 'nothing', events: 0, error: asOurs(error) } as const;
        }
      }),
    );
  }

  /** Ends pushes while the tokens still work. What a service answers then changes nothing: the connection ends. */
  async unfollow(user: Services & { id: string }, provider: ProviderId): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    const parts = { ...this.#parts(user), signal };
    await Promise.all(feedsOf(provider).map((feed) => unfollow(feed, parts).catch(() => undefined)));
  }

  #parts(user: Services & { id: string }): Omit<FeedParts, 'signal'> {
    const { baseUrl, basePath } = this.#setup;
    const url = (path: string): string => `${baseUrl}${basePath}/webhooks/${path}`;
    return { setup: this.#setup, userId: user.id, owners: this.#owners, url, clients: user };
  }
}

/** What the host's own handler threw may hold anything, so it is not told. */
function asOurs(error: unknown): ContextSdkError {
  if (error instanceof ContextSdkError) return error;
  return new ContextSdkError('event_not_handled', 'The host did not take an event; it comes again.', true);
}
