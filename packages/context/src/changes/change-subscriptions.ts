import { ContextSdkError } from '@context-sdk/oauth-core';
import type { UserClients } from '../connections/user-clients.ts';
import { configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { OptionNames } from '../utils/option-names.ts';
import type { ChangeSource, UserContext } from './change-source.ts';
import { CHANGE_SOURCES } from './change-sources.ts';
import type { ContextEvent } from './context-event.ts';
import type { EventDispatcher } from './event-dispatcher.ts';
import { endChanges, syncChanges, type SyncResult } from './sync-changes.ts';
import { WebhookRouting } from './webhook-routing.ts';

/** How long a disconnect waits for services to end their pushes. */
const END_TIMEOUT_MS = 10_000;

/** How changes are requested. */
export interface SubscriptionOptions {
  /** Milliseconds between polls. Default: 60,000, and 300,000 for Azure DevOps. */
  pollEveryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

export const SUBSCRIPTION_OPTIONS: OptionNames<SubscriptionOptions> = { pollEveryMs: true, signal: true };

/** Ensures that changes in users' services reach the host. */
export class ChangeSubscriptions {
  readonly #options: ResolvedOptions;
  readonly #dispatcher: EventDispatcher;
  readonly #routing: WebhookRouting;

  constructor(options: ResolvedOptions, dispatcher: EventDispatcher) {
    this.#options = options;
    this.#dispatcher = dispatcher;
    this.#routing = new WebhookRouting(options.store);
  }

  /** Does what is due for one connection, service by service. A failing service is reported beside the others. */
  async sync(
    clients: UserClients,
    provider: string,
    options: SubscriptionOptions & { isRequested?: boolean },
  ): Promise<SyncResult[]> {
    const isConfigured = configuredProviders(this.#options.providers).some((id) => id === provider);
    if (!isConfigured) return [];
    const request = {
      ...options,
      context: this.#contextOf(clients),
      emit: (event: ContextEvent) => this.#dispatcher.dispatch(event),
    };
    return await Promise.all(
      sourcesOf(provider).map(async (source) => {
        try {
          return await syncChanges(source, request);
        } catch (error) {
          options.signal?.throwIfAborted();
          const { service } = source;
          return { service, mode: 'none', did: 'nothing', events: 0, error: withoutHostError(error) };
        }
      }),
    );
  }

  /** Ends pushes while the user's tokens still work. Failures are ignored, since the connection ends anyway. */
  async end(clients: UserClients, provider: ProviderId): Promise<void> {
    const context = { ...this.#contextOf(clients), signal: AbortSignal.timeout(END_TIMEOUT_MS) };
    await Promise.all(
      sourcesOf(provider).map((source) => endChanges(source, context).catch(() => undefined)),
    );
  }

  #contextOf(clients: UserClients): Omit<UserContext, 'signal'> {
    return { options: this.#options, routing: this.#routing, clients };
  }
}

function sourcesOf(provider: string): readonly ChangeSource[] {
  return CHANGE_SOURCES.filter((source) => source.provider === provider);
}

/** An error of the host's own handler may contain anything, so it is not reported. */
function withoutHostError(error: unknown): ContextSdkError {
  if (error instanceof ContextSdkError) return error;
  return new ContextSdkError(
    'event_not_handled',
    'The host did not handle an event; it is redelivered.',
    true,
  );
}
