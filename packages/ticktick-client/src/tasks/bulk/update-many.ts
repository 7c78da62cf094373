import { type Chunk, chunksOf } from '@context-sdk/oauth-core/client-kit';
import { checkFields, checkSomeChange } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { type TaskChanges, wireChanges, type WireTask } from '../task-input.ts';
import type { ResolvedRef, TaskRef } from '../task.ts';
import type { BulkPlan } from './run-bulk.ts';
import { notMentioned, outcomeIn, readReceipt, type TaskOutcome } from './task-outcome.ts';

/** One task of {@link Tasks.updateMany} and its changes. */
export interface TaskUpdate {
  task: TaskRef;
  changes: TaskChanges;
}

export type UpdateItem = { task: TaskRef; wire: WireTask };

function check(input: TaskUpdate, at: string): UpdateItem {
  const field = `${at}.changes`;
  checkFields(input?.changes, field);
  const wire = wireChanges(input.changes, `${field}.`, input.task);
  checkSomeChange(wire, field);
  return { task: input.task, wire };
}

async function send(chunk: Chunk<UpdateItem & ResolvedRef>, call: TickTickCall): Promise<TaskOutcome[]> {
  const update = chunk.map(({ item: { id, projectId, wire } }) => ({ ...wire, id, projectId }));
  const receipt = readReceipt(await call.send('tasks.updateMany', { json: { update } }));
  return chunk.map(({ item }) => outcomeIn(receipt, item.id) ?? notMentioned());
}

export function updateMany(batchSize: number): BulkPlan<TaskUpdate, UpdateItem> {
  return { check, chunks: (items) => chunksOf(items, batchSize), send };
}
