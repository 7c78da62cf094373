import { bulkError, type Checked } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { columnIds } from '../actions/check-column.ts';
import type { TaskOutcome } from './task-outcome.ts';

/** Where an item of a bulk call puts its task. */
export interface Place {
  projectId?: unknown;
  columnId?: unknown;
}

/**
 * The items that name no column, or one of their project's. The others are `failed`: TickTick would silently drop the column.
 * One request per project that has a column named.
 */
export async function withOwnColumns<T>(
  items: readonly Checked<T>[],
  placeOf: (item: T) => Place,
  outcomes: TaskOutcome[],
  call: TickTickCall,
): Promise<Checked<T>[]> {
  const columns = new Map<unknown, Promise<Set<string>>>();
  const kept: Checked<T>[] = [];
  for (const checked of items) {
    const { projectId, columnId } = placeOf(checked.item);
    if (typeof columnId !== 'string' || columnId === '') {
      kept.push(checked);
      continue;
    }
    try {
      const known = columns.get(projectId) ?? columnIds(projectId, call);
      columns.set(projectId, known);
      if (!(await known).has(columnId)) {
        throw errors.invalid(`tasks[${checked.index}].columnId`, 'is no column of the project');
      }
      kept.push(checked);
    } catch (failure) {
      outcomes[checked.index] = { status: 'failed', error: bulkError(failure, call) };
    }
  }
  return kept;
}
