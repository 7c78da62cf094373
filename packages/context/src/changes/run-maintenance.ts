import type { ContextSdkError, RecordStore } from '@context-sdk/oauth-core';
import { checkedCallOptions } from '@context-sdk/oauth-core/client-kit';
import type { UserClients } from '../connections/user-clients.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { keys, parseConnectionKey } from '../records/keys.ts';
import { checkOptionNames, type OptionNames } from '../utils/option-names.ts';
import type { ChangeService } from './change-source.ts';
import {
  type ChangeSubscriptions,
  SUBSCRIPTION_OPTIONS,
  type SubscriptionOptions,
} from './change-subscriptions.ts';
import type { SyncResult } from './sync-changes.ts';

const PAGE_SIZE = 500;

/** How connections are maintained. */
export interface MaintenanceOptions extends SubscriptionOptions {
  /** Connections that are handled at the same time. Default: 4. */
  concurrency?: number | undefined;
}

const OPTIONS: OptionNames<MaintenanceOptions> = { ...SUBSCRIPTION_OPTIONS, concurrency: true };

/** What was done. */
export interface MaintenanceReport {
  connections: number;
  /** Channels, watches and hooks that were opened or renewed. */
  renewed: number;
  polled: number;
  /** Events that polling found and the host handled. */
  events: number;
  /** What failed, by user and service. It is retried when it is due again. */
  failures: { userId: string; service: ChangeService | ProviderId; error: ContextSdkError }[];
}

interface MaintenanceParts {
  store: RecordStore;
  clientsOf: (userId: string) => UserClients;
  subscriptions: ChangeSubscriptions;
}

/** Syncs all connections, a few at a time. Rejects only with the signal's reason, or if the store fails. */
export async function runMaintenance(
  { store, clientsOf, subscriptions }: MaintenanceParts,
  maintenanceOptions: MaintenanceOptions = {},
): Promise<MaintenanceReport> {
  checkOptionNames(maintenanceOptions, OPTIONS);
  const { concurrency = 4, pollEveryMs, ...call } = maintenanceOptions;
  const options = { pollEveryMs, signal: checkedCallOptions(call, 'context').signal };
  const report: MaintenanceReport = { connections: 0, renewed: 0, polled: 0, events: 0, failures: [] };
  const connections = connectionsIn(store);
  const worker = async (): Promise<void> => {
    for (let next = await connections.next(); next.done !== true; next = await connections.next()) {
      options.signal?.throwIfAborted();
      const { userId, provider } = next.value;
      report.connections += 1;
      const results = await subscriptions.sync(clientsOf(userId), provider, options);
      for (const result of results) addResult(report, userId, result);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return report;
}

function addResult(
  report: MaintenanceReport,
  userId: string,
  { service, did, events, error }: SyncResult,
): void {
  if (did === 'opened' || did === 'renewed') report.renewed += 1;
  if (did === 'polled') report.polled += 1;
  report.events += events;
  if (error !== undefined) report.failures.push({ userId, service, error });
}

/** All connections of all users, read page by page. */
async function* connectionsIn(store: RecordStore): AsyncGenerator<{ userId: string; provider: string }> {
  for (let after: string | undefined; ;) {
    const page = await store.list(keys.connections, {
      limit: PAGE_SIZE,
      ...(after !== undefined && { after }),
    });
    for (const key of page) {
      const connection = parseConnectionKey(key);
      if (connection !== undefined) yield connection;
    }
    after = page.at(-1);
    if (after === undefined || page.length < PAGE_SIZE) return;
  }
}
