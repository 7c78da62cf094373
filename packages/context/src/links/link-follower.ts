import { type CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { ContextEvent } from '../changes/context-event.ts';
import type { TaskFollower } from '../changes/events/event-dispatcher.ts';
import type { UserClients } from '../connections/user-clients.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { ALL_BLOCKS, readMark } from '../time-blocks/block-mark.ts';
import { LinkRecords } from './link-records.ts';
import type { Links } from './links.ts';
import { blockSideId } from './sides/block-side.ts';

/** What the follower needs of the context that it belongs to. */
interface FollowerParts {
  options: ResolvedOptions;
  userOf: (userId: string) => UserClients & { links: Links };
}

/** Synchronizes the links that an event concerns, each on its own. */
export function linkFollower({ options, userOf }: FollowerParts): TaskFollower {
  const recordsOf = (userId: string): LinkRecords => new LinkRecords(options.store, userId);
  return {
    async isConcerned(event) {
      const { userId } = event;
      if (userId === undefined) return false;
      const records = recordsOf(userId);
      if (event.source === 'google-calendar') return event.type === 'changed' && (await records.hasAny());
      for (const taskId of await tasksOf(event, records))
        if ((await records.read(taskId)) !== undefined) return true;
      return false;
    },
    async follow(event, { signal }) {
      const { userId } = event;
      if (userId === undefined) return;
      const records = recordsOf(userId);
      const user = userOf(userId);
      if (event.source === 'ticktick') await noteDeletion(event, records);
      const taskIds =
        event.source === 'google-calendar' && event.type === 'changed'
          ? await tasksOfChangedBlocks(user, records, event.data.calendarId, { signal })
          : await tasksOf(event, records);
      await syncEach(user.links, taskIds, { signal });
    },
  };
}

/** One link that fails doesn't keep the others from theirs. Rejects with the first failure at the end. */
async function syncEach(links: Links, taskIds: readonly string[], call: CallOptions): Promise<void> {
  const failures: unknown[] = [];
  for (const taskId of taskIds) {
    try {
      const synced = await unlessNotFound(links.sync(taskId, call));
      failures.push(...(synced?.failures ?? []).map(({ error }) => error));
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!(error instanceof ContextSdkError)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function tasksOf(event: ContextEvent, records: LinkRecords): Promise<string[]> {
  if (event.source === 'azure-devops') {
    const itemId = itemOf(event);
    return itemId === undefined ? [] : await records.tasksOfItem(itemId);
  }
  if (event.source !== 'ticktick' || event.type === 'unknown') return [];
  // A recurring task leaves a completed copy behind.
  const recurring = event.type === 'task.completed' ? event.recurringTaskId : undefined;
  return [recurring ?? event.data.id];
}

function itemOf({ data }: Extract<ContextEvent, { source: 'azure-devops' }>): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if ('workItemId' in data && typeof data.workItemId === 'number') return data.workItemId;
  return 'id' in data && typeof data.id === 'number' ? data.id : undefined;
}

/** By its id, TickTick still shows a deleted task: only the feed tells that it is deleted, or back. */
async function noteDeletion(event: ContextEvent, records: LinkRecords): Promise<void> {
  if (event.source !== 'ticktick' || event.type === 'unknown') return;
  await records.markDeleted(event.data.id, event.type === 'task.deleted');
}

/** The tasks whose blocks in a calendar are not as they were seen last. One request. */
async function tasksOfChangedBlocks(
  { calendar }: UserClients,
  records: LinkRecords,
  calendarId: string,
  call: CallOptions,
): Promise<string[]> {
  const query = { ...call, calendarId, privateExtendedProperty: [ALL_BLOCKS], timeMin: new Date() };
  const taskIds = new Set<string>();
  for await (const event of calendar.events.list(query)) {
    const taskId = readMark(event)?.taskId;
    if (taskId === undefined || taskIds.has(taskId)) continue;
    const found = await records.read(taskId);
    const id = blockSideId({ calendarId, eventId: event.id });
    const known = found?.record.sides.find((side) => side.kind === 'block' && side.id === id);
    if (found !== undefined && known?.version !== event.etag) taskIds.add(taskId);
  }
  return [...taskIds];
}
