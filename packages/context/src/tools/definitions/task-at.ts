import type { Task } from '@context-sdk/ticktick-client';
import { readTask } from '../../task-actions/read-task.ts';
import { taskDeleted } from './check-there.ts';
import type { ToolCall } from './definition.ts';

/** A task as it is now, also if it was moved to another list since. Throws {@link NotFoundError}. */
export async function taskAt(
  { user, call }: Pick<ToolCall, 'user' | 'call'>,
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
): Promise<Task> {
  const task = await readTask(user.ticktick, id, projectId, call);
  if (task === undefined) throw taskDeleted();
  return task;
}
