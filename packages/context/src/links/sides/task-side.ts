import { type CallOptions, ConflictError } from '@context-sdk/oauth-core';
import { addDays, DAY_MS, instantOfClock, MINUTE_MS, zonedText } from '@context-sdk/oauth-core/client-kit';
import {
  type Task,
  taskDays,
  taskDueDay,
  type TaskSchedule,
  taskTimes,
  type TickTickClient,
} from '@context-sdk/ticktick-client';
import { completeTask } from '../../task-actions/complete-task.ts';
import { readTask } from '../../task-actions/read-task.ts';
import { knownZone } from '../../time-blocks/task-dates.ts';
import { unknownFields } from '../../utils/unknown-fields.ts';
import type { FieldState, SideNow, SideState } from '../link-state.ts';
import { type Side, unwritable } from './side.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** What the side of a task works with. */
export interface TaskSideParts {
  ticktick: TickTickClient;
  owner: string;
  call: CallOptions;
}

/** The side of a task, as it is in TickTick. */
export async function readTaskSide(
  parts: TaskSideParts,
  taskId: string,
  projectId: string | undefined,
  known: SideState | undefined,
): Promise<Side> {
  const task = await readTask(parts.ticktick, taskId, projectId, parts.call);
  if (task === undefined) return goneTask(parts, taskId);
  const side = taskSide(parts, task);
  for (const field of ['title', 'due'] as const) {
    const now = side.now.fields[field];
    const written = writtenValue(known?.fields[field], side.now.mark);
    if (now !== undefined && written !== undefined) now.written = written;
  }
  return side;
}

/** What a write of ours left whose response was lost: its mark is still there, whatever the user has made of the value. */
function writtenValue(known: FieldState | undefined, mark: number | undefined): string | undefined {
  return mark === undefined ? undefined : known?.tried?.find((intent) => intent.mark === mark)?.value;
}

/** The side of a task that is known to be deleted: TickTick still shows it by its id. */
export function goneTask({ owner }: Pick<TaskSideParts, 'owner'>, id: string): Side {
  const refuse = (): Promise<Side> => Promise.reject(unwritable('deleted task', 'status'));
  return {
    now: { kind: 'task', id, owner, fields: {}, isGone: true },
    write: refuse,
    remove: refuse,
  };
}

function taskSide(parts: TaskSideParts, task: Task): Side {
  const { sortOrder } = task;
  const unknown = unknownFields(task);
  const now: SideNow = {
    kind: 'task',
    id: task.id,
    owner: parts.owner,
    ...(task.etag !== undefined && { version: task.etag }),
    ...(Number.isSafeInteger(sortOrder) && { mark: sortOrder }),
    fields: {
      ...(!unknown.has('title') && { title: { value: task.title } }),
      // Completing a recurring task moves it to its next date: it is never done.
      ...(!task.repeatFlag && !unknown.has('status') && { status: { value: statusOf(task) } }),
      ...(!unknown.has('due') && { due: { value: dueOf(task) } }),
    },
  };
  return {
    now,
    timeZone: zoneOf(task),
    async write(write) {
      // TickTick takes no condition, so this is as close to the write as it can be.
      const current = await readTask(parts.ticktick, task.id, task.projectId, parts.call);
      if (current === undefined || current.etag !== task.etag) {
        throw new ConflictError('The task was changed meanwhile.', { service: 'ticktick' });
      }
      return taskSide(parts, await writeTask(parts, current, write));
    },
    remove: () => Promise.reject(unwritable('task', 'status')),
  };
}

async function writeTask(
  { ticktick, call }: TaskSideParts,
  task: Task,
  { field, value, mark }: Parameters<Side['write']>[0],
): Promise<Task> {
  const { tasks } = ticktick;
  const { id, projectId } = task;
  // TickTick has no place for a mark of ours, and a place in the list that is one further is the same to people.
  const marked = mark === undefined ? {} : { sortOrder: mark };
  if (field === 'title') return await tasks.update({ id, projectId }, { title: value, ...marked }, call);
  if (field === 'due')
    return await tasks.update(task, { schedule: scheduleFor(task, value), ...marked }, call);
  if (value === 'open') return await tasks.reopen({ id, projectId }, call);
  if (value === 'dropped') return await tasks.abandon({ id, projectId }, call);
  await completeTask(ticktick, task, call);
  return await tasks.get({ id, projectId }, call);
}

function statusOf({ status = 0 }: Task): string {
  if (status === 0) return 'open';
  return status === -1 ? 'dropped' : 'done';
}

function dueOf(task: Task): string {
  const day = taskDueDay(task);
  if (day === undefined) return '';
  return task.isAllDay ? day : (taskTimes(task, zoneOf(task)).due?.toISOString() ?? day);
}

/** A task that is due at a time stays so on another day, and keeps its length. */
function scheduleFor(task: Task, due: string): TaskSchedule {
  if (due === '') return null;
  const timeZone = zoneOf(task);
  const times = task.isAllDay ? {} : taskTimes(task, timeZone);
  const dueMs = times.due?.getTime();
  const isDay = due.length === DAY_LENGTH;
  if (dueMs === undefined) return isDay ? daysUntil(task, due) : { at: due };
  const clock = zonedText(dueMs, timeZone).slice(DAY_LENGTH, 'YYYY-MM-DDThh:mm:ss'.length);
  const endMs = isDay ? instantOfClock(Date.parse(`${due}${clock}Z`), timeZone) : Date.parse(due);
  const lengthMs = dueMs - (times.start?.getTime() ?? dueMs);
  return { at: new Date(endMs - lengthMs), durationMinutes: lengthMs / MINUTE_MS };
}

/** A task of several days has as many, the last of them on this one. */
function daysUntil(task: Task, date: string): TaskSchedule {
  const timeZone = zoneOf(task);
  const { first = '', last = '' } = (task.isAllDay && taskDays(task)) || {};
  if (first === last) return { day: { date, timeZone } };
  const more = (Date.parse(last) - Date.parse(first)) / DAY_MS;
  return { from: { date: addDays(date, -more), timeZone }, to: { date, timeZone } };
}

function zoneOf({ timeZone }: Task): string {
  return knownZone(timeZone);
}
