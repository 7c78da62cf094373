import { type Chunk, chunksOf } from '@context-sdk/oauth-core/client-kit';
import { checkFields } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { ownProjectId } from '../actions/inbox-id.ts';
import { checkChanges, type TaskChanges, wireChanges, type WireTask } from '../task-input.ts';
import type { TaskRef } from '../task.ts';
import type { BulkPlan, ResolvedTask } from './run-bulk.ts';
import { sendTwice } from './send-twice.ts';
import { notMentioned, outcomeIn, readReceipt, type TaskOutcome } from './task-outcome.ts';

/** One task of {@link Tasks.updateMany} and its changes. */
export interface TaskUpdate {
  task: TaskRef;
  changes: TaskChanges;
}

export type UpdateItem = { task: TaskRef; changes: TaskChanges; field: string };

function check(input: TaskUpdate, at: string): UpdateItem {
  const field = `${at}.changes`;
  checkFields(input?.changes, field);
  checkChanges(input.changes, `${field}.`, input.task);
  return { task: input.task, changes: input.changes, field };
}

/** A task that was given by its id alone is known by now, with its length and zone. */
export function wireOf({ task, changes, field, id, projectId, found }: UpdateItem & ResolvedTask): WireTask {
  return { ...wireChanges(changes, `${field}.`, typeof task === 'string' ? found : task), id, projectId };
}

async function send(chunk: Chunk<UpdateItem & ResolvedTask>, call: TickTickCall): Promise<TaskOutcome[]> {
  const update: WireTask[] = [];
  for (const { item } of chunk) {
    update.push({ ...wireOf(item), projectId: await ownProjectId(item.projectId, call, item.id) });
  }
  const receipt = readReceipt(await call.send('tasks.updateMany', { json: { update } }));
  return chunk.map(({ item }) => outcomeIn(receipt, item.id) ?? notMentioned());
}

export function updateMany(batchSize: number): BulkPlan<TaskUpdate, UpdateItem> {
  return {
    check,
    checkFound: (item) => void wireOf(item),
    columnOf: ({ changes }) => changes.columnId,
    chunks: (items) => chunksOf(items, batchSize),
    send: (chunk, call) => sendTwice(chunk, call, send),
  };
}
