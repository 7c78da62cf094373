import type { CallOptions } from '@context-sdk/oauth-core';
import { type Chunk, chunksOf } from '../../bulk/in-chunks.ts';
import { checkFields, checkSomeChange } from '../../input/checked-fields.ts';
import type { TaskRef } from '../task.ts';
import { type TaskChanges, type WireTask, wireChanges } from '../task-input.ts';
import type { Located } from '../task-locator.ts';
import type { TaskRoutes } from '../task-routes.ts';
import type { BulkPlan } from './run-bulk.ts';
import { notNamed, outcomeIn, type TaskOutcome } from './task-outcome.ts';

/** One task of {@link Tasks.updateMany} and what changes of it. */
export interface TaskUpdate {
  task: TaskRef;
  changes: TaskChanges;
}

type Item = { task: TaskRef; wire: WireTask };

function check(input: TaskUpdate, at: string): Item {
  const field = `${at}.changes`;
  checkFields(input?.changes, field);
  const wire = wireChanges(input.changes, `${field}.`);
  checkSomeChange(wire, field);
  return { task: input.task, wire };
}

/** Changes are the same however often they are sent, so a lost answer is sent again. */
async function send(
  chunk: Chunk<Item & Located>,
  routes: TaskRoutes,
  options: CallOptions,
): Promise<TaskOutcome[]> {
  const update = chunk.map(({ item: { id, projectId, wire } }) => ({ ...wire, id, projectId }));
  const batch = { name: 'tasks.updateMany', safety: 'idempotent', json: { update } } as const;
  const receipt = await routes.batch(batch, options);
  return chunk.map(({ item }) => outcomeIn(receipt, item.id) ?? notNamed());
}

export function updateMany(routes: TaskRoutes): BulkPlan<TaskUpdate, Item> {
  return {
    check,
    chunks: (items) => chunksOf(items, routes.batchSize),
    send: (chunk, options) => send(chunk, routes, options),
  };
}
