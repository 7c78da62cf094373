import { type CallOptions, ConfigurationError } from '@context-sdk/oauth-core';
import { type Task, TaskStatus, type TickTickClient } from '@context-sdk/ticktick-client';

/**
 * Completes a task that doesn't recur. A gateway of the guide's dialect need not have a route for it: there, the status is changed, as
 * it is to open a task again.
 */
export async function completeTask(
  { tasks }: TickTickClient,
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
  call: CallOptions,
): Promise<void> {
  try {
    await tasks.complete({ id, projectId }, call);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    await tasks.update({ id, projectId }, { status: TaskStatus.completed }, call);
  }
}
