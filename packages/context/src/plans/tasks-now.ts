import { type CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import type { Task, TickTickClient } from '@context-sdk/ticktick-client';
import { UserClients } from '../connections/user-clients.ts';
import { occurrenceOf } from '../time-blocks/task-dates.ts';
import { unknownFields } from '../utils/unknown-fields.ts';
import type { Plan, PlanPiece } from './plan.ts';

/** Tasks by their ids; `undefined` for one that is done or gone. Nothing is known of a task that isn't in here. */
export type TasksNow = ReadonlyMap<string, Task | undefined>;

/** The form of TickTick's ids. What a host calls otherwise is a task of its own. */
const TICKTICK_ID = /^[0-9a-f]{24}$/;

/**
 * The tasks that a plan has something to write for, as they are now, by the list of open tasks. One that isn't in it is looked for in
 * archived projects, too: read by its id, a deleted task still looks open. What TickTick can't be asked keeps no plan from being
 * written.
 */
export async function readTasksNow(plan: Plan, clients: UserClients, call: CallOptions): Promise<TasksNow> {
  const isGateway = UserClients.optionsOf(clients).providers.ticktick?.dialect === 'guide';
  const changing = plan.pieces.flatMap(({ taskId, action }) => (action === 'keep' ? [] : [taskId]));
  const ids = [...new Set(changing)].filter((id) => TICKTICK_ID.test(id));
  if (ids.length === 0 && !(isGateway && changing.length > 0)) return new Map();
  const read = isGateway ? readAll : readOpen;
  return (await unlessRefused(() => read(ids, clients.ticktick, call), call)) ?? new Map();
}

/** A gateway of the guide's dialect lists all tasks at once, and may have ids of any form. */
async function readAll(
  ids: readonly string[],
  { tasks }: TickTickClient,
  call: CallOptions,
): Promise<TasksNow> {
  const all = byId(await tasks.listAll({ ...call, completed: true }).toArray());
  return new Map([...all, ...ids.map((id) => [id, all.get(id)] as const)]);
}

async function readOpen(
  ids: readonly string[],
  { tasks }: TickTickClient,
  call: CallOptions,
): Promise<TasksNow> {
  const open = byId(await tasks.listOpen(call).toArray());
  if (ids.every((id) => open.has(id))) return open;
  const listing = tasks.listOpen({ ...call, includeClosed: true });
  const all = byId(await listing.toArray());
  const isWhole = listing.skipped.every(({ reason }) => reason === 'gone' || reason === 'forbidden');
  return isWhole ? new Map(ids.map((id) => [id, all.get(id)])) : all;
}

function byId(tasks: readonly Task[]): Map<string, Task> {
  return new Map(tasks.map((task) => [task.id, task]));
}

/** Whether a piece needs no time any more: its task is done or gone, or shows a later occurrence. */
export function isEnded(tasks: TasksNow, { taskId, occurrence, action }: PlanPiece): boolean {
  if (action === 'keep' || !tasks.has(taskId)) return false;
  const task = tasks.get(taskId);
  if (task !== undefined && unknownFields(task).has('status')) return false;
  if (task === undefined || (task.status ?? 0) !== 0) return true;
  const current = occurrenceOf(task);
  return occurrence !== undefined && current !== undefined && occurrence < current;
}

async function unlessRefused<T>(read: () => Promise<T>, { signal }: CallOptions): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ContextSdkError) return undefined;
    throw error;
  }
}
