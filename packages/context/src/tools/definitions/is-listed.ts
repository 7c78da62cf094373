import type { Task } from '@context-sdk/ticktick-client';
import type { ToolCall } from './definition.ts';

/**
 * Whether the list of an open task has it. Of one that was deleted, TickTick still returns the task by its id, and takes changes.
 * A row that can't be read may be the task.
 */
export async function isListed(
  { user, call }: Pick<ToolCall, 'user' | 'call'>,
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
): Promise<boolean> {
  let isWhole = true;
  const onSkipped = (): void => void (isWhole = false);
  const where = projectId.startsWith('inbox') ? 'inbox' : projectId;
  const data = await user.ticktick.projects.findData(where, { ...call, onSkipped });
  return !isWhole || data?.tasks.some((task) => task.id === id) === true;
}
