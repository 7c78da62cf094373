import type { WebhookEvent } from '@context-sdk/oauth-core';
import { readWireDate } from '../dates/task-dates.ts';
import type { Task } from '../tasks/task.ts';
import type { ProjectChangeEvent } from './project-changes.ts';
import { hashOf } from './snapshot.ts';

type Change<Type extends string, Data> = WebhookEvent<'ticktick', Type, Data> & { id: string };

/**
 * What happened to a task since the last acknowledged poll.
 * - `created`: it is a new open task;
 * - `updated`: `changed` names the fields: `status` if the task was reopened, none if TickTick marks a change that the
 *   fields don't show. `changes` has their values before and after; absent ones are absent, and so is the old value of long
 *   texts and lists, of which only a hash is stored;
 * - `moved`: it has left the project `fromProjectId`;
 * - `completed`: it was completed, or abandoned (`data.status` is -1). If a recurring task was completed, this is the copy
 *   that TickTick leaves behind, `recurringTaskId` is the id of the task, and its new date is reported as `updated`;
 * - `deleted`: it, or its project, was deleted.
 */
export type TaskChangeEvent =
  | Change<'task.created', Task>
  | (Change<'task.updated', Task> & { changed: string[]; changes: Record<string, TaskFieldChange> })
  | (Change<'task.moved', Task> & { fromProjectId: string })
  | (Change<'task.completed', Task> & { recurringTaskId?: string })
  | Change<'task.deleted', { id: string; projectId: string }>;

/** What a feed that also follows projects reports. */
export type FeedEvent = TaskChangeEvent | ProjectChangeEvent;

/** A field before and after a change. */
export interface TaskFieldChange {
  from?: unknown;
  to?: unknown;
}

/** What all events of a task share. `id` names what the change left; the poll adds in which batch. */
export function aboutTask<Type extends string>(type: Type, task: Task, time?: string): Change<Type, Task> {
  const at = readWireDate(time);
  return {
    source: 'ticktick',
    type,
    id: `${task.id}/${task.etag ?? ''}/${hashOf(task)}/${type}`,
    ...(at !== undefined && { at }),
    verified: true,
    data: task,
    raw: task,
  };
}
