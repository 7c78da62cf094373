import type { CallOptions } from '@context-sdk/oauth-core';
import { chunksOf } from '../../bulk/in-chunks.ts';
import { bulkError } from '../../bulk/lost-answers.ts';
import type { TaskRef } from '../task.ts';
import type { Located } from '../task-locator.ts';
import type { BulkPlan } from './run-bulk.ts';
import { done, failedOrUnknown, type TaskOutcome } from './task-outcome.ts';

/** TickTick has no route to delete several: so many requests are under way at once. */
const AT_ONCE = 5;

type Delete = (task: Located, options: CallOptions) => Promise<void>;

async function deleteOne(task: Located, remove: Delete, options: CallOptions): Promise<TaskOutcome> {
  try {
    await remove(task, options);
    return done(task);
  } catch (failure) {
    return failedOrUnknown(bulkError(failure, options.signal));
  }
}

export function deleteMany(remove: Delete): BulkPlan<TaskRef, { task: TaskRef }> {
  return {
    check: (task) => ({ task }),
    chunks: (items) => chunksOf(items, AT_ONCE),
    send: (chunk, options) =>
      Promise.all(chunk.map(({ item: { id, projectId } }) => deleteOne({ id, projectId }, remove, options))),
  };
}
