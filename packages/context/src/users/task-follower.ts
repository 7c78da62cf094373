import type { ContextEvent } from '../changes/context-event.ts';
import type { TaskFollower } from '../changes/events/event-dispatcher.ts';
import type { OutgoingEvent } from '../changes/events/outgoing-event.ts';
import { currentGrant } from '../connections/current-grant.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { isUnreadable } from '../records/json-record.ts';
import { BlockRecords, type KnownBlocks } from '../time-blocks/block-records.ts';
import type { User } from './user.ts';

/** What the follower needs of the context that it belongs to. */
interface FollowerParts {
  options: ResolvedOptions;
  userOf: (userId: string) => User;
  /** Tells the host something. */
  tell: (event: OutgoingEvent) => Promise<unknown>;
}

/** A task that an event is about. */
interface ChangedTask {
  id: string;
  projectId?: string;
  isDeleted: boolean;
}

/** Several followers as one: one that fails doesn't keep the others from theirs. */
export function allFollowers(followers: readonly TaskFollower[]): TaskFollower {
  return {
    async isConcerned(event) {
      for (const follower of followers) if (await follower.isConcerned(event)) return true;
      return false;
    },
    async follow(event, options) {
      const failures: unknown[] = [];
      for (const follower of followers) {
        await follower.follow(event, options).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Has the blocks of tasks follow them, or asks the host, as it wants. */
export function taskFollower({ options, userOf, tell }: FollowerParts): TaskFollower {
  const blocksOf = async (event: ContextEvent): Promise<(KnownBlocks & { owner: string }) | undefined> => {
    const task = changedTask(event);
    const { userId } = event;
    if (task === undefined || userId === undefined || options.providers.google === undefined)
      return undefined;
    const owner = (await currentGrant(options, userId, 'google'))?.owner;
    if (owner === undefined) return undefined;
    const records = new BlockRecords({ store: options.store, userId });
    const known = await records.read(owner, task.id);
    return known.places.length > 0 || known.isUnsettled ? { ...known, owner } : undefined;
  };
  return {
    async isConcerned(event) {
      try {
        const known = await blocksOf(event);
        return known !== undefined && modeOf(known, options) !== 'leave';
      } catch (error) {
        // Whether there are blocks can't be told without the connection to Google: they are asked again later.
        if (!isUnreadable(error)) throw error;
        return true;
      }
    },
    async follow(event, { signal }) {
      const known = await blocksOf(event);
      const task = changedTask(event);
      if (known === undefined || task === undefined || event.userId === undefined) return;
      if (modeOf(known, options) === 'ask') {
        await tell(question(event, task, known));
        return;
      }
      const user = userOf(event.userId);
      const { did, blocks } = await user.followTask(task, { signal });
      if (did === 'no-room') await tell(question(event, task, { ...known, places: blocks }));
    },
  };
}

function modeOf({ wish }: KnownBlocks, { onTaskChange }: ResolvedOptions): 'follow' | 'ask' | 'leave' {
  return wish?.onTaskChange ?? onTaskChange;
}

function changedTask(event: ContextEvent): ChangedTask | undefined {
  if (event.source !== 'ticktick' || event.type === 'unknown' || !event.type.startsWith('task.'))
    return undefined;
  // A new task has no blocks yet.
  if (event.type === 'task.created') return undefined;
  // A recurring task leaves a completed copy behind.
  const recurring = event.type === 'task.completed' ? event.recurringTaskId : undefined;
  const { id, projectId } = event.data;
  const isDeleted = event.type === 'task.deleted';
  return { id: recurring ?? id, isDeleted, ...(projectId && { projectId }) };
}

/** The event by which the host learns of blocks that may not fit their task any more. */
function question(
  { id, userId }: ContextEvent,
  task: ChangedTask,
  { places, owner }: Pick<KnownBlocks, 'places'> & { owner: string },
): OutgoingEvent {
  const data = { taskId: task.id, isDeleted: task.isDeleted, blocks: [...places] };
  const common = { source: 'google-calendar', type: 'block.outdated', verified: true } as const;
  return {
    owner,
    event: {
      ...common,
      id: `block/${task.id}/${id ?? crypto.randomUUID()}`,
      ...(userId && { userId }),
      data,
      raw: data,
    },
  };
}
