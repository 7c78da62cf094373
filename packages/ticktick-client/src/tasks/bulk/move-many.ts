import type { CallOptions } from '@context-sdk/oauth-core';
import { type Chunk, chunksOf } from '../../bulk/in-chunks.ts';
import { checkedId } from '../../input/checked-id.ts';
import type { Transport } from '../../transport/transport.ts';
import { taskNotFound } from '../answers.ts';
import type { KnownProjects } from '../known-projects.ts';
import type { TaskRef } from '../task.ts';
import type { Located } from '../task-locator.ts';
import type { BulkPlan } from './run-bulk.ts';
import { done, type TaskOutcome, type TaskReceipt } from './task-outcome.ts';

/** No limit is documented for moves; this is that of the other bulk routes. */
const AT_ONCE = 50;

/** One task of {@link Tasks.moveMany} and where it goes. */
export interface TaskMove {
  task: TaskRef;
  /** The project to move to. */
  toProjectId: string;
  /** Where in that project; at TickTick's choice where it is left out. Known from TickTick's own CLI alone. */
  sortOrder?: number;
}

type Items = Chunk<TaskMove & Located>;

function check(input: TaskMove, at: string): TaskMove {
  checkedId(input?.toProjectId, `${at}.toProjectId`);
  return input;
}

/** An entry is missing where one of the projects does not exist. */
export async function sendMoves(
  chunk: Items,
  transport: Transport,
  known: KnownProjects,
  options: CallOptions,
): Promise<TaskOutcome[]> {
  const json = chunk.map(({ item: { id, projectId, toProjectId, sortOrder } }) => ({
    taskId: id,
    fromProjectId: projectId,
    toProjectId,
    ...(sortOrder !== undefined && { sortOrder }),
  }));
  const answer = await transport.post('tasks.moveMany', 'idempotent', '/task/move', json, options);
  const moved = Map.groupBy(answer.list<TaskReceipt>('id'), ({ id }) => id);
  return chunk.map(({ item: { id, toProjectId } }) => {
    const entry = moved.get(id)?.shift();
    if (entry === undefined) return { status: 'failed', error: taskNotFound(id) };
    known.remember({ id, projectId: toProjectId });
    return done(entry);
  });
}

export function moveMany(transport: Transport, known: KnownProjects): BulkPlan<TaskMove, TaskMove> {
  return {
    check,
    chunks: (items) => chunksOf(items, AT_ONCE),
    send: (chunk, options) => sendMoves(chunk, transport, known, options),
  };
}
