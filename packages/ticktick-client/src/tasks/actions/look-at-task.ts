import type { ContextSdkError } from '@context-sdk/oauth-core';
import { bulkError, mayHaveHappened } from '@context-sdk/oauth-core/client-kit';
import { NotFoundError } from '@context-sdk/oauth-core/errors';
import { inSeconds } from '../../dates/date-input.ts';
import { readWireDate } from '../../dates/task-dates.ts';
import { asSent } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { readTask } from '../find-task.ts';
import { queryCompleted } from '../lists/list-completed.ts';
import { isCutOff } from '../lists/queries.ts';
import { hasUnreadable, isInbox, readContainer } from '../project-tasks.ts';
import { type ResolvedRef, type Task, TaskStatus } from '../task.ts';

/** What TickTick shows of a task. */
export interface TaskState {
  /** `unknown`: the project is out of reach, or a response made no sense. */
  state: 'open' | 'completed' | 'abandoned' | 'deleted' | 'unknown';
  /** The task as it was found. */
  task?: Task;
  /** Why the state is unknown. */
  error?: ContextSdkError;
}

const UNKNOWN: TaskState = { state: 'unknown' };

/**
 * Reads what became of a task: at most three requests. TickTick still returns deleted tasks as they were, so a task is deleted
 * if no list has it. Of an abandoned task this can't be told.
 */
export async function lookAtTask({ id, projectId }: ResolvedRef, call: TickTickCall): Promise<TaskState> {
  try {
    return projectId === '' ? await lookAlone(id, call) : await lookInProject(id, projectId, call);
  } catch (failure) {
    return { ...UNKNOWN, error: bulkError(failure, call) };
  }
}

/** At a gateway without projects. */
async function lookAlone(id: string, call: TickTickCall): Promise<TaskState> {
  const task = await unlessGone(readTask(id, undefined, call));
  return task ? stateOf(task) : { state: 'deleted' };
}

async function lookInProject(id: string, projectId: string, call: TickTickCall): Promise<TaskState> {
  const container = await readContainer(isInbox(projectId) ? 'inbox' : projectId, call);
  if (container.state === 'gone') return { state: 'deleted' };
  if (container.state !== 'there') return { ...UNKNOWN, ...(container.error && { error: container.error }) };
  const listed = container.tasks.find((task) => task.id === id);
  if (listed) return { state: 'open', task: listed };
  const task = await unlessGone(readTask(id, projectId, call));
  if (!task) return { state: 'deleted' };
  const seen = stateOf(task);
  if (seen.state === 'open') return hasUnreadable(container) ? UNKNOWN : { state: 'deleted' };
  if (seen.state !== 'completed') return seen;
  return (await isListedAsCompleted(task, call)) ? seen : { state: 'deleted' };
}

async function unlessGone(task: Promise<Task>): Promise<Task | undefined> {
  try {
    return await task;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function stateOf(task: Task): TaskState {
  if (task.status === TaskStatus.abandoned) return { state: 'abandoned', task };
  return { state: task.status ? 'completed' : 'open', task };
}

async function isListedAsCompleted(task: Task, call: TickTickCall): Promise<boolean> {
  const at = readWireDate(task.completedTime);
  if (at === undefined) return true;
  const projectId = isInbox(task.projectId) ? 'inbox' : task.projectId;
  const listed = await queryCompleted(inSeconds({ from: at, to: at }), [projectId], call);
  return isCutOff(listed) || asSent.has(listed) || listed.some(({ id }) => id === task.id);
}

/** Waits for a write. A failure after which it may have happened is returned: whoever looks afterwards knows. */
export async function orLost(
  write: Promise<unknown>,
  call: TickTickCall,
): Promise<ContextSdkError | undefined> {
  try {
    await write;
    return undefined;
  } catch (failure) {
    const error = bulkError(failure, call);
    if (!mayHaveHappened(error) || call.signal?.aborted) throw failure;
    return error;
  }
}
