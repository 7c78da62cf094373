import { errors } from '../errors.ts';
import { checkedId } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import { rowsOf } from '../rows.ts';
import { readContainer } from '../tasks/project-tasks.ts';
import type { Task } from '../tasks/task.ts';
import { type Column, COLUMN } from './columns.ts';

/** The open tasks of a column, in the app's order. */
export async function tasksInColumn(
  projectId: string,
  columnId: string,
  call: TickTickCall,
): Promise<Task[]> {
  checkedId(columnId, 'columnId');
  const container = await readContainer(projectId, call);
  if (container.state !== 'there') throw container.error ?? errors.notFound(`project ${projectId}`, 200);
  const columns = rowsOf<Column>(container.response.member('columns', []), COLUMN, call);
  if (!columns.some(({ id }) => id === columnId)) throw errors.notFound(`column ${columnId} there`);
  return container.tasks
    .filter((task) => task.columnId === columnId)
    .toSorted((one, other) => (one.sortOrder ?? 0) - (other.sortOrder ?? 0));
}
