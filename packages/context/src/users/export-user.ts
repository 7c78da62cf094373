import type { Connection } from '../connections/connection.ts';
import type { Connections } from '../connections/connections.ts';
import type { Link } from '../links/link.ts';
import type { Links } from '../links/links.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { keys, prefixesOf } from '../records/keys.ts';
import { keysUnder } from '../records/list-keys.ts';
import { recordsUnder } from '../records/read-under.ts';
import { type ExportedToolAction, exportToolActions } from './exported-tools.ts';

/** What is stored of a user, without tokens and other secrets. */
export interface UserExport {
  userId: string;
  connections: Connection[];
  /** Events that `onEvent` has not handled yet, and those that it failed to handle too often. */
  unhandledEvents: unknown[];
  /** Tasks and what they are linked with. */
  links: Link[];
  /** What assistants' tools did in the last 30 days, and what waits for the user to approve it. */
  toolActions: ExportedToolAction[];
  /** Grants that are still to be revoked at their providers. */
  pendingRevocations: number;
  /** Sessions of browsers that have not ended. */
  sessions: number;
  /** How many records there are of each kind. */
  records: Record<string, number>;
}

/** Collects what is stored of a user. */
export async function exportUser(
  { store, revocations }: Pick<ResolvedOptions, 'store' | 'revocations'>,
  userId: string,
  { connections, links }: { connections: Connections; links: Links },
): Promise<UserExport> {
  const records: Record<string, number> = {};
  const unhandledEvents: unknown[] = [];
  for (const prefix of prefixesOf(userId)) {
    const [kind = ''] = prefix.split('/');
    for await (const _ of keysUnder(store, prefix)) records[kind] = (records[kind] ?? 0) + 1;
    if (kind !== 'pending-event' && kind !== 'dead-letter') continue;
    for await (const { value } of recordsUnder<{ event?: unknown }>(store, prefix))
      if (value.event !== undefined) unhandledEvents.push(value.event);
  }
  const sessions = records[keys.userSessions(userId).split('/')[0] ?? ''] ?? 0;
  const { length: pendingRevocations } = await revocations.list({ userId });
  return {
    userId,
    connections: await connections.list(),
    unhandledEvents,
    links: await links.list(),
    toolActions: await exportToolActions(store, userId),
    pendingRevocations,
    sessions,
    records,
  };
}
