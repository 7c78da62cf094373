import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { rowsOf } from '../../rows.ts';
import { isInbox } from '../project-tasks.ts';
import type { WireTask } from '../task-input.ts';

/** The ids of a project's columns. */
export async function columnIds(projectId: unknown, call: TickTickCall): Promise<Set<string>> {
  const id = typeof projectId === 'string' && projectId !== '' && !isInbox(projectId) ? projectId : 'inbox';
  const response = await call.send('columns.list', { params: { projectId: id } });
  return new Set(rowsOf<{ id: string }>(response, {}, call).map((column) => column.id));
}

/**
 * Throws {@link InvalidRequestError} for a column that isn't one of the project, which TickTick silently drops. Takes a
 * request if a column is named.
 */
export async function checkColumn(
  { columnId }: WireTask,
  projectId: unknown,
  call: TickTickCall,
): Promise<void> {
  if (typeof columnId !== 'string' || columnId === '') return;
  if ((await columnIds(projectId, call)).has(columnId)) return;
  throw errors.invalid('columnId', 'is no column of the project');
}
