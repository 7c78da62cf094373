import type { ContextSdkError, RecordStore } from '@context-sdk/oauth-core';
import type { FeedService } from './sources/change-source.ts';
import type { Followers, FollowOptions } from './change-subscriptions.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { keys, readConnectionKey } from '../records/keys.ts';
import type { Users } from '../users/user-cache.ts';

/** How connections are looked after. */
export interface MaintenanceOptions extends FollowOptions {
  /** Connections that are looked after at the same time; 4 unless given. */
  concurrency?: number | undefined;
}

/** What was done. */
export interface MaintenanceReport {
  connections: number;
  /** Channels, watches and hooks that were opened or renewed. */
  renewed: number;
  polled: number;
  /** Events that polling found, and the host took. */
  events: number;
  /** What did not work, by user and service; it is tried again when it is due. */
  failures: { userId: string; service: FeedService | ProviderId; error: ContextSdkError }[];
}

const PAGE = 500;

/** Every connection of every user, a page at a time. */
async function* connectionsIn(store: RecordStore): AsyncGenerator<{ userId: string; provider: string }> {
  for (let after: string | undefined; ;) {
    const page = await store.list(keys.connections, { limit: PAGE, ...(after !== undefined && { after }) });
    for (const key of page) {
      const connection = readConnectionKey(key);
      if (connection !== undefined) yield connection;
    }
    after = page.at(-1);
    if (after === undefined || page.length < PAGE) return;
  }
}

/** Looks after every connection, some at a time. Rejects only with the signal's reason, or where the store fails. */
export async function runMaintenance(
  { store, users, followers }: { store: RecordStore; users: Users; followers: Followers },
  { concurrency = 4, ...options }: MaintenanceOptions = {},
): Promise<MaintenanceReport> {
  const report: MaintenanceReport = { connections: 0, renewed: 0, polled: 0, events: 0, failures: [] };
  const connections = connectionsIn(store);
  const worker = async (): Promise<void> => {
    for (let next = await connections.next(); next.done !== true; next = await connections.next()) {
      options.signal?.throwIfAborted();
      const { userId, provider } = next.value;
      report.connections += 1;
      for (const followed of await followers.follow(users.get(userId), provider, options)) {
        const { service, did, events, error } = followed;
        if (did === 'opened' || did === 'renewed') report.renewed += 1;
        if (did === 'polled') report.polled += 1;
        report.events += events;
        if (error !== undefined) report.failures.push({ userId, service, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return report;
}
