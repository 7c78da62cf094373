import { bulkError, chunksOf } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../../operations.ts';
import type { TaskWriter } from '../actions/task-writer.ts';
import type { ResolvedRef, TaskRef } from '../task.ts';
import type { BulkPlan } from './run-bulk.ts';
import { sendTwice } from './send-twice.ts';
import { done, failedOrUnknown, type TaskOutcome } from './task-outcome.ts';

/** TickTick has no route that deletes several tasks: this many requests are sent at the same time. */
const CONCURRENCY = 5;

async function outcomeOf(task: ResolvedRef, writer: TaskWriter, call: TickTickCall): Promise<TaskOutcome> {
  try {
    await writer.delete(task, call);
    return done(task);
  } catch (failure) {
    return failedOrUnknown(bulkError(failure, call));
  }
}

export function deleteMany(writer: TaskWriter): BulkPlan<TaskRef, { task: TaskRef }> {
  return {
    check: (task) => ({ task }),
    chunks: (items) => chunksOf(items, CONCURRENCY),
    send: (items, call) =>
      sendTwice(items, call, (chunk) =>
        Promise.all(chunk.map(({ item: { id, projectId } }) => outcomeOf({ id, projectId }, writer, call))),
      ),
  };
}
