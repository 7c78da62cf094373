import type { Task } from '@context-sdk/ticktick-client';
import type { ToolCall } from './definition.ts';

/** Whether the tasks are a gateway's of the guide's dialect, which has one list of all, and no projects to ask for. */
export function isGateway({ options }: Pick<ToolCall, 'options'>): boolean {
  return options.providers.ticktick?.dialect === 'guide';
}

/**
 * Whether the list of an open task has it. Of one that was deleted, TickTick still returns the task by its id, and takes changes.
 * A row that can't be read may be the task. A gateway is asked for the task itself.
 */
export async function isListed(
  tool: Pick<ToolCall, 'user' | 'options' | 'call'>,
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
): Promise<boolean> {
  const { user, call } = tool;
  if (isGateway(tool)) return (await user.ticktick.tasks.find({ id, projectId }, call)) !== undefined;
  let isWhole = true;
  const onSkipped = (): void => void (isWhole = false);
  const where = projectId.startsWith('inbox') ? 'inbox' : projectId;
  const data = await user.ticktick.projects.findData(where, { ...call, onSkipped });
  return !isWhole || data?.tasks.some((task) => task.id === id) === true;
}
