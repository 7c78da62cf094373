import type { CallOptions } from '@context-sdk/oauth-core';
import type { Checked } from '../../bulk/in-chunks.ts';
import { bulkError, unlessFailed } from '../../bulk/lost-answers.ts';
import type { TaskRef } from '../task.ts';
import type { Located, TaskLocator } from '../task-locator.ts';
import type { TaskOutcome } from './task-outcome.ts';

/**
 * Finds the project of every task. Where several were named by their ids alone, the open tasks are listed first, so
 * that few are left to look for one by one. A task that is nowhere is `failed`; nothing has been sent for it.
 */
export async function locateEach<T extends { task: TaskRef }>(
  items: readonly Checked<T>[],
  outcomes: TaskOutcome[],
  locator: TaskLocator,
  options: CallOptions,
): Promise<Checked<T & Located>[]> {
  const isOpenToSearch = (item: T): boolean => locator.checked(item.task).projectId === undefined;
  const found: Checked<T & Located>[] = [];
  if (items.filter(({ item }) => isOpenToSearch(item)).length > 1) {
    await unlessFailed(locator.learnOpen(options), options.signal);
  }
  for (const { index, item } of items) {
    try {
      const { id, projectId } = await locator.located(item.task, options);
      found.push({ index, item: { ...item, id, projectId } });
    } catch (failure) {
      outcomes[index] = { status: 'failed', error: bulkError(failure, options.signal) };
    }
  }
  return found;
}
