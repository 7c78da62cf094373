import { type Chunk, chunksOf } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import { checkedId } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { ownProjectId } from '../actions/inbox-id.ts';
import { type KnownProjects, taskNotFound } from '../find-task.ts';
import type { ResolvedRef, TaskRef } from '../task.ts';
import type { BulkPlan } from './run-bulk.ts';
import { sendTwice } from './send-twice.ts';
import { done, type TaskOutcome, type TaskReceipt } from './task-outcome.ts';

/** TickTick documents no limit for moves; this is the limit of its other bulk routes. */
const BATCH_SIZE = 50;

/** One task of {@link Tasks.moveMany} and its destination. */
export interface TaskMove {
  task: TaskRef;
  /** The project to move to. */
  toProjectId: string;
  /** The position in that project. Default: TickTick's choice. Only known from TickTick's own CLI. */
  sortOrder?: number | undefined;
}

function check(input: TaskMove, at: string): TaskMove {
  checkedId(input?.toProjectId, `${at}.toProjectId`);
  return input;
}

/** TickTick's response has no entry for a task if one of its projects doesn't exist. */
export async function sendMoves(
  chunk: Chunk<TaskMove & ResolvedRef>,
  known: KnownProjects,
  call: TickTickCall,
): Promise<TaskOutcome[]> {
  const json: {
    taskId: string;
    fromProjectId: string;
    toProjectId: string;
    sortOrder?: number | undefined;
  }[] = [];
  for (const { item } of chunk) {
    const { id, projectId, sortOrder } = item;
    const fromProjectId = await ownProjectId(projectId, call, id);
    const toProjectId = await ownProjectId(item.toProjectId, call);
    json.push({ taskId: id, fromProjectId, toProjectId, sortOrder });
  }
  const response = await call.send('tasks.moveMany', { json });
  const receipts = response.list<TaskReceipt>({ id: 'string' });
  const isWhole = receipts.length === (response.value as unknown[]).length;
  const isOdd = !isWhole || !receipts.every(({ id }) => json.some(({ taskId }) => taskId === id));
  const moved = Map.groupBy(receipts, ({ id }) => id);
  return json.map(({ taskId: id, toProjectId }) => {
    const entry = moved.get(id)?.shift();
    // A receipt of no task that was sent can be this one's.
    if (entry === undefined && isOdd) {
      return {
        status: 'unknown',
        error: errors.unexpected('answered with a receipt of no task that was sent'),
      };
    }
    if (entry === undefined) return { status: 'failed', error: taskNotFound(id) };
    known.remember({ id, projectId: toProjectId });
    return done(entry);
  });
}

export function moveMany(known: KnownProjects): BulkPlan<TaskMove, TaskMove> {
  return {
    check,
    chunks: (items) => chunksOf(items, BATCH_SIZE),
    send: (items, call) => sendTwice(items, call, (chunk) => sendMoves(chunk, known, call)),
  };
}
