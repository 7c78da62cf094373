import type { ContextSdkError } from '@context-sdk/oauth-core';
import {
  type Chunk,
  chunksOf,
  DAY_MS,
  settleLostResponse,
  unlessFailed,
} from '@context-sdk/oauth-core/client-kit';
import { inSeconds } from '../../dates/date-input.ts';
import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { taskNotFound } from '../find-task.ts';
import { queryCompleted } from '../lists/list-completed.ts';
import { isInbox, openTasksOf } from '../project-tasks.ts';
import type { ResolvedRef, TaskRef } from '../task.ts';
import type { BulkPlan } from './run-bulk.ts';
import { done, notMentioned, type TaskOutcome } from './task-outcome.ts';

/** TickTick ignores the ids after the fiftieth. */
const BATCH_SIZE = 50;

type Item = { task: TaskRef };
type Items = Chunk<Item & ResolvedRef>;

/** One request completes tasks of one project. */
function chunksByProject(items: Items): Items[] {
  const byProject = Map.groupBy(items, ({ item }) => item.projectId);
  return [...byProject.values()].flatMap((ofProject) => {
    const ofTasks = [...Map.groupBy(ofProject, ({ item }) => item.id).values()];
    return chunksOf(ofTasks, BATCH_SIZE).map((chunk) => chunk.flat());
  });
}

/** Sends each task once, however often it is named: a second completion is that of the next occurrence. */
export function onceEach(sendChunk: BulkPlan<TaskRef, Item>['send']): BulkPlan<TaskRef, Item>['send'] {
  return async (chunk, call) => {
    const named = [...Map.groupBy(chunk, ({ item }) => item.id).values()];
    const outcomes = await sendChunk(
      named.flatMap(([first]) => first ?? []),
      call,
    );
    const byId = new Map(named.map(([first], index) => [first?.item.id, outcomes[index]]));
    return chunk.map(({ item: { id } }) => byId.get(id) ?? notMentioned());
  };
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

/** The ids of what was completed in the project lately, of which TickTick lists the newest. */
async function completedLately(projectId: string, call: TickTickCall): Promise<Set<string>> {
  const now = Date.now();
  const span = inSeconds({ from: now - DAY_MS, to: now + DAY_MS });
  const tasks = await queryCompleted(span, [isInbox(projectId) ? 'inbox' : projectId], call);
  return new Set(tasks.map(({ id }) => id));
}

/**
 * The response was lost. A task that TickTick lists as completed was completed. One that is still open was not, and can be
 * completed again, unless it recurs: completing moves it to its next date, and may have done so. One that is in neither list was
 * deleted, is elsewhere, or can't be read.
 */
async function settle(chunk: Items, error: ContextSdkError, call: TickTickCall): Promise<TaskOutcome[]> {
  const projectId = chunk[0]?.item.projectId ?? '';
  const tasks = await unlessFailed(openTasksOf(projectId, call), call);
  const open = new Map(tasks?.map((task) => [task.id, task]));
  const missed = chunk.filter(({ item: { id } }) => open.has(id) && !open.get(id)?.repeatFlag);
  const isOpen = ({ item: { id } }: Items[number]): boolean => open.has(id);
  const again = missed.length > 0 ? await unlessFailed(complete(missed, call), call) : undefined;
  const completed = chunk.every(isOpen)
    ? undefined
    : await unlessFailed(completedLately(projectId, call), call);
  return chunk.map((each) => {
    const { id } = each.item;
    const isDone = isOpen(each) ? again?.has(id) : completed?.has(id);
    return isDone ? done({ id }) : { status: 'unknown', error };
  });
}

export const completeMany: BulkPlan<TaskRef, Item> = {
  check: (task) => ({ task }),
  chunks: chunksByProject,
  send: onceEach((chunk, call) =>
    settleLostResponse(chunk, call, send(chunk, call), (error) => settle(chunk, error, call)),
  ),
};
