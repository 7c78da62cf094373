import type { CallOptions } from '@context-sdk/oauth-core';
import {
  bulkError,
  type BulkOptions,
  checkEach,
  type Checked,
  type Chunk,
  inChunks,
  newOutcomes,
  unlessFailed,
} from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import type { TickTickCall, TickTickService } from '../../operations.ts';
import type { TaskFinder } from '../find-task.ts';
import type { ResolvedRef, Task, TaskRef } from '../task.ts';
import { type Place, withOwnColumns } from './own-columns.ts';
import { failedOrUnknown, type TaskOutcome } from './task-outcome.ts';

/** A task of a bulk call; `found` if it was given by its id alone and had to be read. */
export interface ResolvedTask extends ResolvedRef {
  found?: Task | undefined;
}

/** What differs between the bulk calls on existing tasks. */
export interface BulkPlan<Input, Item extends { task: TaskRef }> {
  /** Throws {@link InvalidRequestError}; `at` precedes a field's name. */
  check(input: Input, at: string): Item;
  /** The same, once the task is known that was given by its id alone. */
  checkFound?(item: Item & ResolvedTask): void;
  /** The column that an item names, if it can name one. */
  columnOf?(item: Item): unknown;
  chunks(items: Chunk<Item & ResolvedTask>): Chunk<Item & ResolvedTask>[];
  send(chunk: Chunk<Item & ResolvedTask>, call: TickTickCall): Promise<TaskOutcome[]>;
}

/** One place for the outcome of each input. Throws {@link InvalidRequestError} if the inputs aren't a list. */
export function outcomesFor(inputs: readonly unknown[]): TaskOutcome[] {
  if (Array.isArray(inputs)) return newOutcomes(inputs.length);
  throw errors.invalid('tasks', 'is not a list');
}

/**
 * Resolves the reference of every task. If several are given by their ids alone, the open tasks are listed first, so that
 * few have to be searched one by one. A task that isn't found is `failed`; nothing was sent for it.
 */
async function resolveEach<T extends { task: TaskRef }>(
  items: readonly Checked<T>[],
  plan: Pick<BulkPlan<unknown, T>, 'checkFound'>,
  outcomes: TaskOutcome[],
  finder: TaskFinder,
  call: TickTickCall,
): Promise<Checked<T & ResolvedTask>[]> {
  const resolved: Checked<T & ResolvedTask>[] = [];
  const withoutProject = items.filter(({ item }) => typeof item.task === 'string');
  const open = withoutProject.length > 1 ? await unlessFailed(finder.openTasks(call), call) : undefined;
  for (const { index, item } of items) {
    try {
      const found = await finder.taskOf(item.task, open, call);
      const { id, projectId } = found ?? (await finder.resolve(item.task, call));
      const known = { ...item, id, projectId, found };
      plan.checkFound?.(known);
      resolved.push({ index, item: known });
    } catch (failure) {
      outcomes[index] = { status: 'failed', error: bulkError(failure, call) };
    }
  }
  return resolved;
}

/** Checks the inputs, resolves their tasks, and sends them in chunks. Returns one outcome per input, in order. */
export async function runBulk<Input, Item extends { task: TaskRef }>(
  inputs: readonly Input[],
  plan: BulkPlan<Input, Item>,
  finder: TaskFinder,
  service: TickTickService,
  options: CallOptions & BulkOptions,
): Promise<TaskOutcome[]> {
  const call = service.call(options, { onProgress: 'function' });
  const outcomes = outcomesFor(inputs);
  const checked = checkEach(inputs, outcomes, (input, _at, index): Item => {
    const at = `tasks[${index}]`;
    const item = plan.check(input, at);
    finder.checked(item.task, at);
    return item;
  });
  const resolved = await resolveEach(checked, plan, outcomes, finder, call);
  const placeOf = (item: Item & ResolvedTask): Place => ({
    projectId: item.projectId,
    columnId: plan.columnOf?.(item),
  });
  const placed = await withOwnColumns(resolved, placeOf, outcomes, call);
  await inChunks(
    plan.chunks(placed),
    outcomes,
    { ...call, onProgress: options.onProgress },
    async (chunk) => {
      try {
        return await plan.send(chunk, call);
      } catch (failure) {
        return chunk.map(() => failedOrUnknown(bulkError(failure, call)));
      }
    },
  );
  return outcomes;
}
