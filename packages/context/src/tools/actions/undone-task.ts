import { ConflictError } from '@context-sdk/oauth-core';
import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import type { ChecklistItem, Task } from '@context-sdk/ticktick-client';
import type { ToolCall } from '../definitions/definition.ts';
import { isGateway, isListed } from '../definitions/is-listed.ts';

/** Throws {@link ConflictError} for a task that was deleted since. */
export async function checkListed(
  tool: Pick<ToolCall, 'user' | 'options' | 'call'>,
  task: Pick<Task, 'id' | 'projectId'>,
): Promise<void> {
  if (task.projectId === '' || (await isListed(tool, task))) return;
  throw new ConflictError('It was not undone: the task was deleted since.');
}

/** Whether a task has open subtasks. */
export async function hasChildren(
  tool: Pick<ToolCall, 'user' | 'options' | 'call'>,
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
): Promise<boolean> {
  const { tasks } = tool.user.ticktick;
  const children = isGateway(tool)
    ? (await tasks.listOpen(tool.call).toArray()).filter(({ parentId }) => parentId === id)
    : await tasks.children({ id, projectId }, tool.call);
  return children.length > 0;
}

/** The checklist as it was: the next occurrence begins with an open one, and only the copy knows what was done of it. */
export function checkedAs({ items = [] }: Task, copy: Task | undefined): { items?: ChecklistItem[] } {
  const done = copy?.items ?? [];
  const isSame = items.length === done.length && items.every(({ title }, at) => title === done[at]?.title);
  const isUntouched = items.every(({ status }) => !status) && done.some(({ status }) => status);
  if (!isSame || !isUntouched) return {};
  return {
    items: items.map((item, at) => {
      const { status, completedTime } = done[at] ?? {};
      return omitUndefined({ ...item, status, completedTime }) as ChecklistItem;
    }),
  };
}
