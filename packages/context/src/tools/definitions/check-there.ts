import { ConflictError, ContextSdkError, NotFoundError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import { readTask } from '../../task-actions/read-task.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import type { ToolCall } from './definition.ts';
import { isListed } from './is-listed.ts';

/** Throws {@link NotFoundError} for a task that was deleted. A list that can't be read says nothing. */
export async function checkThere(
  tool: ToolCall,
  task: Pick<Task, 'id' | 'projectId' | 'status'>,
): Promise<void> {
  const { status = 0 } = task;
  if (status !== 0) return;
  try {
    if (await isListed(tool, task)) return;
  } catch (error) {
    if (!(error instanceof ContextSdkError)) throw error;
    return;
  }
  throw taskDeleted();
}

/** Throws {@link InvalidRequestError} that names the field for a task that is done. */
export function checkToDo({ status = 0 }: Pick<Task, 'status'>, field: string): void {
  if (status > 0) throw invalidInput(field, 'is already completed');
  if (status < 0) throw invalidInput(field, 'is abandoned');
}

/** Throws {@link ConflictError} for a task that was done since it was shown. */
export function checkOpen({ status = 0 }: Pick<Task, 'status'>): void {
  if (status !== 0) throw new ConflictError('The task is done already.', { service: 'ticktick' });
}

/**
 * For a call that is pinned to another service: throws {@link ConflictError} for a task that was done since, and
 * {@link NotFoundError} for one that was deleted. While TickTick can't be asked, nothing is known of it.
 */
export async function checkStillOpen(
  tool: ToolCall,
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
): Promise<void> {
  const own = { ...tool, call: { ...tool.call, grantId: undefined } };
  let task: Task | undefined;
  try {
    task = await readTask(own.user.ticktick, id, projectId, own.call);
  } catch (error) {
    tool.call.signal?.throwIfAborted();
    if (!(error instanceof ContextSdkError)) throw error;
    return;
  }
  if (task === undefined) throw taskDeleted();
  checkOpen(task);
  await checkThere(own, task);
}

/** The error for a task that is gone. */
export function taskDeleted(): NotFoundError {
  return new NotFoundError('The task was deleted.', { service: 'ticktick' });
}
