import { ConflictError } from '@context-sdk/oauth-core';
import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import type { ChecklistItem, Task } from '@context-sdk/ticktick-client';
import type { ToolCall } from '../definitions/definition.ts';

/** By its id, TickTick still shows a deleted task as it was, and takes changes of it. */
export async function checkListed(
  { ticktick }: ToolCall['user'],
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
  call: ToolCall['call'],
): Promise<void> {
  if (projectId === '') return;
  let isWhole = true;
  const onSkipped = (): void => void (isWhole = false);
  const data = await ticktick.projects.findData(projectId, { ...call, onSkipped });
  if (isWhole && data?.tasks.every((task) => task.id !== id) !== false)
    throw new ConflictError('It was not undone: the task was deleted since.');
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
