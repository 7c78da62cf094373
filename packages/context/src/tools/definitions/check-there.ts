import { ContextSdkError, NotFoundError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
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
  throw new NotFoundError('The task was deleted.', { service: 'ticktick' });
}
