import type {
  ContextSdkError,
  RecordStore,
  RevocationOutbox,
  RevocationReport,
} from '@context-sdk/oauth-core';
import { checkedCallOptions, checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import type { UserClients } from '../connections/user-clients.ts';
import { isProviderId, type ProviderId } from '../options/provider-id.ts';
import { keys, parseConnectionKey } from '../records/keys.ts';
import { keysUnder } from '../records/list-keys.ts';
import { invalidInput } from '../utils/input-checks.ts';
import type { ChangeService } from './change-source.ts';
import {
  type ChangeSubscriptions,
  reportable,
  SUBSCRIPTION_OPTIONS,
  type SubscriptionOptions,
} from './change-subscriptions.ts';
import type { EventDispatcher } from './events/event-dispatcher.ts';
import { duePendingEvents } from './events/pending-events.ts';
import type { SyncResult } from './sync-state.ts';

/** How connections are maintained. */
export interface MaintenanceOptions extends SubscriptionOptions {
  /** Connections that are handled at the same time. Default: 4. */
  concurrency?: number | undefined;
}

const OPTIONS: OptionTypes<MaintenanceOptions> = { ...SUBSCRIPTION_OPTIONS, concurrency: 'number' };

/** What was done. */
export interface MaintenanceReport {
  connections: number;
  /** Channels, watches and hooks that were opened or renewed. */
  renewed: number;
  polled: number;
  /** Events that polling found, or that the host failed to handle before, and that it handled now. */
  events: number;
  /** What came of grants that ended and were still to be revoked at their providers. */
  revocations: RevocationReport;
  /** What failed, by user and service. It is retried when it is due again. */
  failures: { userId: string; service: ChangeService | ProviderId; error: ContextSdkError }[];
}

const NOTHING_DONE = {
  connections: 0,
  renewed: 0,
  polled: 0,
  events: 0,
  revocations: { attempts: [], waiting: 0, unreadable: [] },
};

interface MaintenanceParts {
  store: RecordStore;
  revocations: RevocationOutbox;
  clientsOf: (userId: string) => UserClients;
  /** Goes on with a disconnect that crashed. */
  finishDisconnect: (userId: string, provider: ProviderId) => Promise<void>;
  subscriptions: ChangeSubscriptions;
  dispatcher: EventDispatcher;
}

/**
 * Tells events that the host failed to handle once more, syncs all connections, a few at a time, and revokes grants that ended. Rejects only with the
 * signal's reason, or if the store can't be listed.
 */
export async function runMaintenance(
  parts: MaintenanceParts,
  maintenanceOptions: MaintenanceOptions = {},
): Promise<MaintenanceReport> {
  checkOptions(maintenanceOptions, OPTIONS, invalidInput);
  const { concurrency = 4, pollEveryMs, slowPollEveryMs, ...call } = maintenanceOptions;
  const options = { pollEveryMs, slowPollEveryMs, signal: checkedCallOptions(call, 'context').signal };
  const { store, revocations, clientsOf, subscriptions, dispatcher } = parts;
  const report: MaintenanceReport = { ...NOTHING_DONE, failures: [] };
  report.events += await redeliver(store, dispatcher, options.signal);
  const connections = connectionsIn(store);
  const worker = async (): Promise<void> => {
    for (let next = await connections.next(); next.done !== true; next = await connections.next()) {
      options.signal?.throwIfAborted();
      const { userId, provider } = next.value;
      report.connections += 1;
      const results = await subscriptions.sync(clientsOf(userId), provider, options);
      for (const result of results) addResult(report, userId, result);
      if (!isProviderId(provider) || !results.every(isIdle)) continue;
      await parts.finishDisconnect(userId, provider).catch((error: unknown) => {
        report.failures.push({ userId, service: provider, error: reportable(error) });
      });
    }
  };
  const workers = Array.from({ length: Math.max(1, concurrency) }, worker);
  [report.revocations] = await Promise.all([revocations.work({ signal: options.signal }), ...workers]);
  return report;
}

/** Whether nothing was there to do, as for a connection that is being ended. */
function isIdle({ mode, did, error }: SyncResult): boolean {
  return mode === 'none' && did === 'nothing' && error === undefined;
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

/** Returns how many events the host handled. One that fails again is counted as one more try. */
async function redeliver(
  store: RecordStore,
  dispatcher: EventDispatcher,
  signal: AbortSignal | undefined,
): Promise<number> {
  let handled = 0;
  for await (const { key, pending } of duePendingEvents(store)) {
    signal?.throwIfAborted();
    // If the store fails, the event waits, and the others go on.
    const { state } = await dispatcher.dispatch(pending).catch(() => ({ state: 'busy' }));
    // A record that stayed behind would tell the event again once it is forgotten that it was handled.
    if (state === 'gone' || state === 'handled') await store.delete(key).catch(() => undefined);
    if (state === 'handled') handled += 1;
  }
  return handled;
}

/** All connections of all users, read page by page. */
async function* connectionsIn(store: RecordStore): AsyncGenerator<{ userId: string; provider: string }> {
  for await (const key of keysUnder(store, keys.connections)) {
    const connection = parseConnectionKey(key);
    if (connection !== undefined) yield connection;
  }
}
