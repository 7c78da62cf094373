import type { CallOptions } from '@context-sdk/oauth-core';
import { DAY_MS, dayOf } from '@context-sdk/oauth-core/client-kit';
import {
  type Freshness,
  isNoteTask,
  isOverdue,
  type Skipped,
  type Task,
  taskDays,
  taskTimes,
} from '@context-sdk/ticktick-client';
import type { UserClients } from '../connections/user-clients.ts';
import { dayAfter, inCalendar } from '../utils/calendar-days.ts';
import { WIDEST_ZONES_MS } from '../utils/own-calendars.ts';
import { taskLengthMs } from '../utils/task-length.ts';
import { taskUrl } from '../utils/web-urls.ts';
import { type AgendaWindow, overlapsDays, overlapsTime } from './agenda-window.ts';
import type { AgendaTask } from './agenda.ts';
import { type ListedTasks, listTasks } from './list-tasks.ts';

/** More occurrences of one task are not looked for. */
const MAX_OCCURRENCES = 400;

/** The open tasks. */
export interface FoundTasks {
  /** Those of the window, with the occurrences of recurring ones. */
  inWindow: AgendaTask[];
  /** Those that should be done by now, and are before the window. */
  overdue: AgendaTask[];
  /** Those without a date. */
  undated: Task[];
  /** What the listing left out. */
  skipped: readonly Skipped[];
  /** All of them by id, since an event can block time for a task without a date. */
  all: ReadonlyMap<string, Task>;
}

/** Reads the open tasks with `tasks.listOpen`, or those of the feed's copy. */
export async function readTasks(
  clients: UserClients,
  window: AgendaWindow,
  freshness: Freshness | undefined,
): Promise<FoundTasks> {
  const { tasks, skipped } = await openTasks(clients, window.call, freshness);
  const now = new Date();
  const dated = tasks.flatMap((task) => agendaTask(task, window) ?? []);
  const inWindow = dated.filter((item) => isInWindow(item, window));
  // The apps show no status for notes.
  const toDo = dated.filter((item) => !inWindow.includes(item) && !isNoteTask(item.task));
  const before = toDo.filter((item) => isBefore(item, window));
  const late = before.filter((item) => isOverdue(item.task, now, window.timeZone));
  return {
    inWindow: [...inWindow, ...(await laterOccurrences(tasks, window))],
    overdue: late,
    undated: tasks.filter((task) => taskDays(task) === undefined && !isNoteTask(task)),
    skipped,
    all: new Map(tasks.map((task) => [task.id, task])),
  };
}

async function openTasks(
  clients: UserClients,
  call: CallOptions,
  freshness: Freshness | undefined,
): Promise<ListedTasks> {
  if (freshness === undefined) return await listTasks(clients, call);
  const { freshTasks } = await import('./fresh-tasks.ts');
  return await freshTasks(clients, freshness, call);
}

function isInWindow({ allDay, day, endDay = day, start, end }: AgendaTask, window: AgendaWindow): boolean {
  if (allDay || start === undefined) return overlapsDays(window, day, endDay);
  return overlapsTime(window, start, end);
}

/** Whether an item that is not in the window is before it: the window may be over, too. */
function isBefore({ allDay, day, start }: AgendaTask, { from, timeZone }: AgendaWindow): boolean {
  return allDay || start === undefined ? day < dayOf(from.getTime(), timeZone) : start < from;
}

function agendaTask(task: Task, window: AgendaWindow): AgendaTask | undefined {
  const common = { kind: 'task', title: task.title, task, url: taskUrl(task, window.region) } as const;
  if (task.isAllDay) {
    const days = taskDays(task);
    return days && { ...common, day: inCalendar(days.first), endDay: dayAfter(days.last), allDay: true };
  }
  const { due, start = due } = taskTimes(task, window.timeZone);
  if (start === undefined) return undefined;
  const day = inCalendar(dayOf(start.getTime(), window.timeZone));
  return { ...common, day, start, allDay: false, ...(due !== undefined && due > start && { end: due }) };
}

/** What recurring tasks come to in the window, after the occurrence that they show. */
async function laterOccurrences(tasks: readonly Task[], window: AgendaWindow): Promise<AgendaTask[]> {
  const recurring = tasks.filter(({ repeatFlag, repeatFrom }) => repeatFlag && repeatFrom !== '1');
  if (recurring.length === 0) return [];
  const { nextOccurrences } = await import('@context-sdk/ticktick-client/recurrence');
  const lists = await Promise.all(
    recurring.map(async (task) => {
      // An occurrence that began before the window may last into it. Days and floating times come elsewhere in the user's zone.
      const lengthMs = taskLengthMs(task, window.timeZone);
      const bounds = {
        after: new Date(window.from.getTime() - lengthMs - WIDEST_ZONES_MS - DAY_MS),
        before: new Date(window.to.getTime() + WIDEST_ZONES_MS),
        limit: MAX_OCCURRENCES,
      };
      // What somebody else wrote as a rule may be none.
      const found = await nextOccurrences(task, bounds).catch(() => undefined);
      return (found ?? []).flatMap((dates): AgendaTask[] => {
        const item = agendaTask({ ...task, ...dates }, window);
        const occurrence = taskDays(dates)?.first;
        if (item === undefined || occurrence === undefined || !isInWindow(item, window)) return [];
        return [{ ...item, task, occurrence }];
      });
    }),
  );
  return lists.flat();
}
