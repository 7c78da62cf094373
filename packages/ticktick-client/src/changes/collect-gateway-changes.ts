import { NotFoundError } from '@context-sdk/oauth-core/errors';
import { isId } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import { readTask } from '../tasks/find-task.ts';
import { isOutOfReach } from '../tasks/project-tasks.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';
import { aboutTask, type TaskChangeEvent } from './change-event.ts';
import type { Changes } from './collect-changes.ts';
import {
  type ChangedTask,
  compare,
  knownNow,
  type KnownTask,
  NOTHING_KNOWN,
  type Snapshot,
  withCompleted,
} from './snapshot.ts';
import { REOPENED, taskUpdate } from './task-update.ts';

/** Requests that one poll spends on tasks that are no longer listed. The rest wait for the next poll. */
const MAX_LOOKUPS = 20;

/** Tells what happened at a gateway, and remembers what was done, so that it is told once. */
class GatewayChanges {
  readonly events: TaskChangeEvent[] = [];
  readonly done: string[] = [];
  readonly #before: Snapshot;
  readonly #isFirst: boolean;

  constructor(before: Snapshot | undefined) {
    this.#before = before ?? NOTHING_KNOWN;
    // Tasks of a first batch that was handed out are there before it is acknowledged.
    this.#isFirst = before?.batches === undefined;
  }

  /** A task that wasn't listed before. Gateways can list what is done, too. */
  arrived(task: Task): void {
    const isKnown = this.#before.completed.includes(task.id);
    if (!isDone(task)) {
      const reopened = isKnown && taskUpdate(task, ['status'], REOPENED);
      this.events.push(reopened || aboutTask('task.created', task, task.createdTime));
    } else if (!this.#isFirst && !isKnown) this.completed(task);
  }

  changed({ task, changed, before }: ChangedTask): void {
    if (isDone(task) && !wasDone(before)) this.completed(task);
    else this.events.push(taskUpdate(task, changed, before));
  }

  /** A task that is no longer listed. One that is done can have been told as that before. */
  ended(task: Task, before: KnownTask | undefined): void {
    if (before !== undefined && wasDone(before)) this.done.push(task.id);
    else this.completed(task);
  }

  deleted(id: string, projectId: string): void {
    const type = 'task.deleted';
    const data = { id, projectId };
    this.events.push({ source: 'ticktick', type, id: `${id}//${type}`, verified: true, data, raw: data });
  }

  completed(task: Task): void {
    this.done.push(task.id);
    this.events.push(aboutTask('task.completed', task, task.completedTime));
  }
}

/**
 * What has changed at a gateway of the guide's dialect since the state `before`, from its one list of tasks; undefined if this is the first
 * look. A task that is no longer listed is read once more: the guide doesn't say whether completed tasks are listed.
 */
export async function collectGatewayChanges(
  call: TickTickCall,
  before: Snapshot | undefined,
  listed: readonly Task[],
): Promise<Changes> {
  const { tasks, completed } = before ?? NOTHING_KNOWN;
  const { created, changed, vanished } = compare({ tasks, completed }, listed);
  const changes = new GatewayChanges(before);
  for (const task of created) changes.arrived(task);
  for (const change of changed) changes.changed(change);
  const known = new Map<string, KnownTask>(listed.map((task) => [task.id, knownNow(tasks[task.id], task)]));
  for (const [index, id] of vanished.entries()) {
    const task = index < MAX_LOOKUPS ? await unlessDeleted(id, call) : 'later';
    const previous = tasks[id];
    if (task === undefined) changes.deleted(id, previous?.projectId ?? '');
    else if (task !== 'later' && isDone(task)) changes.ended(task, previous);
    else if (previous !== undefined) known.set(id, previous);
  }
  const snapshot = {
    tasks: Object.fromEntries(known),
    completed: withCompleted({ tasks, completed }, changes.done),
  };
  return { events: changes.events, snapshot };
}

function isDone({ status = TaskStatus.open }: Task): boolean {
  return status !== TaskStatus.open;
}

/** What is open has no status in a snapshot, where `0` is absent. */
function wasDone({ fields: { status } }: KnownTask): boolean {
  return status !== undefined;
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
