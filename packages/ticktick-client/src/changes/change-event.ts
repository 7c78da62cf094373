import type { WebhookEvent } from '@context-sdk/oauth-core';
import { instantOfWireDate } from '../dates/task-dates.ts';
import type { Task } from '../tasks/task.ts';
import { hash } from './snapshot.ts';

type Change<Type extends string, Data> = WebhookEvent<'ticktick', Type, Data> & { id: string };

/**
 * What happened to a task since the last acknowledged poll.
 * - `created`: it is new among the open tasks;
 * - `updated`: `changed` names the fields, `status` where it was opened again, none where TickTick marks a change that
 *   its fields do not show;
 * - `moved`: it is in another project than `fromProjectId`;
 * - `completed`: it is done, or abandoned (`data.status` is -1). A recurring task goes on: then this is the copy that
 *   TickTick leaves behind, `recurringTaskId` names the task, and its new date comes as `updated`;
 * - `deleted`: it is gone, or its project is.
 */
export type TaskChangeEvent =
  | Change<'task.created', Task>
  | (Change<'task.updated', Task> & { changed: string[] })
  | (Change<'task.moved', Task> & { fromProjectId: string })
  | (Change<'task.completed', Task> & { recurringTaskId?: string })
  | Change<'task.deleted', { id: string; projectId: string }>;

/**
 * What all events of a task share; `time` is TickTick's own text. `id` is the same for the same change, however often
 * it is polled.
 */
export function aboutTask<Type extends string>(type: Type, task: Task, time?: string): Change<Type, Task> {
  const at = instantOfWireDate(time);
  return {
    source: 'ticktick',
    type,
    id: `${task.id}/${task.etag ?? ''}/${hash(task)}/${type}`,
    ...(at !== undefined && { at }),
    verified: true,
    data: task,
    raw: task,
  };
}
