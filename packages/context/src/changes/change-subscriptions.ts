import { ContextSdkError } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import type { Grant } from '../connections/connection.ts';
import { readConnection } from '../connections/read-connection.ts';
import type { UserClients } from '../connections/user-clients.ts';
import { configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ChangeService } from '../options/provider-of-service.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { checkHeld, type LeaseTime } from '../records/held-lease.ts';
import { deleteIfUnreadable, isUnreadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteUnder, keysUnder } from '../records/list-keys.ts';
import type { ChangeSource, SourceContext } from './change-source.ts';
import { CHANGE_SOURCES } from './change-sources.ts';
import type { EventDispatcher } from './events/event-dispatcher.ts';
import { outcomeOf, ServiceBreakers } from './service-breakers.ts';
import { SharedOutages } from './shared-outages.ts';
import type { SubscriptionOptions } from './subscription-options.ts';
import { endChanges, readSyncDueAt, syncChanges } from './sync-changes.ts';
import type { SyncAttempt, SyncResult } from './sync-state.ts';
import { WebhookRouting } from './webhook-routing.ts';

/** How long a disconnect waits for services to end their pushes. */
const END_TIMEOUT_MS = 10_000;

/** Ensures that changes in users' services reach the host. */
export class ChangeSubscriptions {
  readonly #options: ResolvedOptions;
  readonly #dispatcher: EventDispatcher;
  readonly #routing: WebhookRouting;
  readonly #breakers: ServiceBreakers;

  constructor(options: ResolvedOptions, dispatcher: EventDispatcher) {
    this.#options = options;
    this.#dispatcher = dispatcher;
    this.#routing = new WebhookRouting(options.store);
    this.#breakers = new ServiceBreakers(new SharedOutages(options.store));
  }

  /** Does what is due for one connection, service by service. A failing service is reported beside the others. */
  async sync(
    clients: UserClients,
    provider: string,
    options: SubscriptionOptions & { isRequested?: boolean; isImpatient?: boolean },
  ): Promise<SyncAttempt[]> {
    const isConfigured = configuredProviders(this.#options.providers).some((id) => id === provider);
    if (!isConfigured) return [];
    const request = {
      ...options,
      context: this.#contextOf(clients),
      emit: this.#dispatcher.dispatch.bind(this.#dispatcher),
    };
    return await Promise.all(
      sourcesOf(provider).map(async (source) => {
        const { service } = source;
        const part = await this.#partOf(service, clients.id);
        const call = await this.#breakers.begin(part, { isUrgent: options.isRequested === true });
        if ('postponedUntil' in call) return { service, mode: 'none', did: 'nothing', events: 0, ...call };
        try {
          const result = await syncChanges(source, { ...request, isTrial: call.isTrial });
          await call.end(outcomeOf(result));
          return result;
        } catch (error) {
          await call.end('unknown');
          options.signal?.throwIfAborted();
          return { service, mode: 'none', did: 'nothing', events: 0, error: reportable(error) };
        }
      }),
    );
  }

  /**
   * Ends pushes while the tokens of the grant still work, and deletes all that is known of its changes. Returns the services
   * that have not ended them, which does not keep the connection from ending. Throws {@link StoreError}, also once the lease of
   * the connection has expired.
   */
  async end(
    clients: UserClients,
    provider: ProviderId,
    grant: Grant,
    lease: LeaseTime,
  ): Promise<ChangeService[]> {
    const { store } = this.#options;
    const sources = sourcesOf(provider);
    const context = { ...this.#contextOf(clients), signal: AbortSignal.timeout(END_TIMEOUT_MS), lease };
    const ended = await Promise.allSettled(
      sources.map(async (source) => await endChanges(source, context, grant)),
    );
    checkHeld(lease);
    for (const { service } of sources) {
      await deleteUnder(store, keys.deliveries(clients.id, service));
      await deleteUnder(store, keys.pendingEventsOf(clients.id, service));
      await store.delete(keys.pause(clients.id, service));
      await deleteUnder(store, keys.pause(clients.id, `${service}/`));
    }
    const open: ChangeService[] = [];
    for (const [index, { service }] of sources.entries()) {
      const result = ended[index];
      if (result?.status === 'rejected' && !isUnreadable(result.reason)) throw result.reason;
      if (result?.status === 'rejected' || result?.value === false) open.push(service);
    }
    return open;
  }

  /** Deletes positions that can't be read. Called after a sign-in: without their key they would stay so for ever. */
  async mend(clients: UserClients, provider: ProviderId): Promise<void> {
    const { store } = this.#options;
    const states = sourcesOf(provider).map(({ service }) => keys.syncState(clients.id, service));
    for (const key of states) await deleteIfUnreadable(store, key);
    if (provider !== 'ticktick') return;
    for await (const key of keysUnder(store, keys.allTaskChanges(clients.id)))
      await deleteIfUnreadable(store, key);
  }

  /** When a service is due again for a user, in epoch milliseconds; undefined if nothing is known of it. */
  dueAt(
    userId: string,
    service: SyncResult['service'],
    options: SubscriptionOptions,
  ): Promise<number | undefined> {
    return readSyncDueAt(this.#options.store, keys.syncState(userId, service), options);
  }

  /** What is down as a whole: a service, but in Azure DevOps an organization, which may have a server or a region of its own. */
  async #partOf(service: ChangeService, userId: string): Promise<string> {
    if (service !== 'azure-devops') return service;
    const { store, providers } = this.#options;
    const connection = await readConnection(store, keys.connection(userId, service)).catch(() => undefined);
    const organizationUrl = connection?.organizationUrl ?? providers.azureDevOps?.organizationUrl;
    return organizationUrl === undefined ? service : `${service}/${await sha256(organizationUrl)}`;
  }

  #contextOf(clients: UserClients): SourceContext & { clients: UserClients } {
    return { options: this.#options, routing: this.#routing, clients };
  }
}

function sourcesOf(provider: string): readonly ChangeSource[] {
  return CHANGE_SOURCES.filter((source) => source.provider === provider);
}

/** Anything but the SDK's own errors may contain anything, so it is not reported. */
export function reportable(error: unknown): ContextSdkError {
  if (error instanceof ContextSdkError) return error;
  return new ContextSdkError('internal', 'Looking after the connection failed.', true);
}
