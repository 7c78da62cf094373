import type { ContextSdkError } from '@context-sdk/oauth-core';
import { type Chunk, chunksOf, settleLostResponse, unlessFailed } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { taskNotFound } from '../find-task.ts';
import { openTasksOf } from '../project-tasks.ts';
import type { ResolvedRef, TaskRef } from '../task.ts';
import type { BulkPlan } from './run-bulk.ts';
import { done, type TaskOutcome } from './task-outcome.ts';

/** TickTick ignores the ids after the fiftieth. */
const BATCH_SIZE = 50;

type Item = { task: TaskRef };
type Items = Chunk<Item & ResolvedRef>;

/** One request completes tasks of one project. */
function chunksByProject(items: Items): Items[] {
  const byProject = Map.groupBy(items, ({ item }) => item.projectId);
  return [...byProject.values()].flatMap((ofProject) => chunksOf(ofProject, BATCH_SIZE));
}

/** The ids that were completed, of those that were sent: TickTick skips what it doesn't know. Without a project, it is the inbox. */
async function complete(chunk: Items, call: TickTickCall): Promise<Set<unknown>> {
  const projectId = chunk[0]?.item.projectId ?? '';
  const taskIds = chunk.map(({ item }) => item.id);
  const json = projectId.startsWith('inbox') ? { taskIds } : { projectId, taskIds };
  const { value } = await call.send('tasks.completeMany', { json });
  const isAnswer = Array.isArray(value) && value.every((id) => taskIds.includes(id));
  if (!isAnswer) throw errors.unexpected('does not list the completed tasks');
  return new Set(value);
}

async function send(chunk: Items, call: TickTickCall): Promise<TaskOutcome[]> {
  const completed = await complete(chunk, call);
  return chunk.map(({ item: { id } }) =>
    completed.has(id) ? done({ id }) : { status: 'failed', error: taskNotFound(id) },
  );
}

/**
 * The response was lost. A task that is no longer open was completed. One that is still open was not, and can be completed
 * again, unless it recurs: completing moves it to its next date, and may have done so.
 */
async function settle(chunk: Items, error: ContextSdkError, call: TickTickCall): Promise<TaskOutcome[]> {
  const projectId = chunk[0]?.item.projectId ?? '';
  const tasks = await unlessFailed(openTasksOf(projectId, call), call);
  const open = tasks && new Map(tasks.map((task) => [task.id, task]));
  const mayRecur = (id: string): boolean => (open?.get(id)?.repeatFlag ?? '') !== '';
  const missed = chunk.filter(({ item: { id } }) => open?.has(id) && !mayRecur(id));
  const again = missed.length > 0 ? await unlessFailed(complete(missed, call), call) : undefined;
  return chunk.map(({ item: { id } }) => {
    if (open === undefined || mayRecur(id)) return { status: 'unknown', error };
    return !open.has(id) || again?.has(id) ? done({ id }) : { status: 'unknown', error };
  });
}

export const completeMany: BulkPlan<TaskRef, Item> = {
  check: (task) => ({ task }),
  chunks: chunksByProject,
  send: (chunk, call) =>
    settleLostResponse(chunk, call, send(chunk, call), (error) => settle(chunk, error, call)),
};
