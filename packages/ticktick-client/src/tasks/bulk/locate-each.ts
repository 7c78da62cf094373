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
  const found: Checked<T & Located>[] = [];
  const bare = items.filter(({ item }) => typeof item.task === 'string');
  const open = bare.length > 1 ? await unlessFailed(locator.openNow(options), options.signal) : undefined;
  for (const { index, item } of items) {
    try {
      const listedIn = typeof item.task === 'string' ? open?.get(item.task) : undefined;
      const task = listedIn === undefined ? item.task : { id: item.task as string, projectId: listedIn };
      const { id, projectId } = await locator.located(task, options);
      found.push({ index, item: { ...item, id, projectId } });
    } catch (failure) {
      outcomes[index] = { status: 'failed', error: bulkError(failure, options.signal) };
    }
  }
  return found;
}
