import { NotFoundError } from '@context-sdk/oauth-core/errors';
import { isId } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import { readTask } from '../tasks/find-task.ts';
import { isOutOfReach } from '../tasks/project-tasks.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';
import { aboutTask, type TaskChangeEvent } from './change-event.ts';
import type { Changes } from './collect-changes.ts';
import { type ChangedTask, compare, knownNow, type KnownTask, type Snapshot } from './snapshot.ts';
import { taskUpdate } from './task-update.ts';

/** Requests that one poll spends on tasks that are no longer listed. The rest wait for the next poll. */
const MAX_LOOKUPS = 20;

/**
 * What has changed at a gateway of the guide's dialect since the state `before`, from its one list of tasks. A task that is no
 * longer listed is read once more: the guide doesn't say whether completed tasks are listed.
 */
export async function collectGatewayChanges(
  call: TickTickCall,
  before: Snapshot,
  listed: readonly Task[],
): Promise<Changes> {
  const { created, changed, vanished } = compare(before, listed);
  const events: TaskChangeEvent[] = created.map((task) => aboutTask('task.created', task, task.createdTime));
  for (const change of changed) events.push(changeOf(change));
  const known = new Map<string, KnownTask>(
    listed.map((task) => [task.id, knownNow(before.tasks[task.id], task)]),
  );
  for (const [index, id] of vanished.entries()) {
    const task = index < MAX_LOOKUPS ? await unlessDeleted(id, call) : 'later';
    const previous = before.tasks[id];
    if (task === undefined) events.push(deletionOf(id, previous?.projectId ?? ''));
    else if (task !== 'later' && isDone(task)) events.push(completionOf(task));
    else if (previous !== undefined) known.set(id, previous);
  }
  return { events, snapshot: { tasks: Object.fromEntries(known), completed: before.completed } };
}

function isDone({ status = TaskStatus.open }: Task): boolean {
  return status !== TaskStatus.open;
}

function changeOf({ task, changed, before }: ChangedTask): TaskChangeEvent {
  if (changed.includes('status') && isDone(task)) return completionOf(task);
  return taskUpdate(task, changed, before);
}

function completionOf(task: Task): TaskChangeEvent {
  return aboutTask('task.completed', task, task.completedTime);
}

function deletionOf(id: string, projectId: string): TaskChangeEvent {
  const type = 'task.deleted';
  const data = { id, projectId };
  return { source: 'ticktick', type, id: `${id}//${type}`, verified: true, data, raw: data };
}

/** Undefined if it is deleted; `later` if this response says nothing about it. */
async function unlessDeleted(id: string, call: TickTickCall): Promise<Task | 'later' | undefined> {
  // Lists can contain rows whose ids can't be requested.
  if (!isId(id)) return undefined;
  try {
    return await readTask(id, undefined, call);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    if (isOutOfReach(error)) return 'later';
    throw error;
  }
}
