import { ContextSdkError, NotFoundError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import type { ToolCall } from './definition.ts';

/**
 * Throws {@link NotFoundError} for a task that was deleted: TickTick still returns it, and takes changes of it, but its list doesn't
 * have it. A list that can't be read says nothing.
 */
export async function checkThere(
  { user, call }: ToolCall,
  { id, projectId, status = 0 }: Pick<Task, 'id' | 'projectId' | 'status'>,
): Promise<void> {
  if (status !== 0) return;
  let isWhole = true;
  const onSkipped = (): void => void (isWhole = false);
  try {
    const where = projectId.startsWith('inbox') ? 'inbox' : projectId;
    const data = await user.ticktick.projects.findData(where, { ...call, onSkipped });
    if (data?.tasks.some((task) => task.id === id) || !isWhole) return;
  } catch (error) {
    if (!(error instanceof ContextSdkError)) throw error;
    return;
  }
  throw new NotFoundError('The task was deleted.', { service: 'ticktick' });
}
