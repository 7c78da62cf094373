import { dayOf, isTimeZone, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { type TaskDates, taskDays, taskTimes } from '@context-sdk/ticktick-client';
import { dayAfter, inCalendar } from '../utils/calendar-days.ts';

const FIRST_MS = Date.parse('0000-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59Z');

/** The first zone that this runtime knows, or UTC: services may name others, or none. */
export function knownZone(...zones: readonly (string | null | undefined)[]): string {
  return zones.find((zone) => isTimeZone(zone)) ?? 'UTC';
}

/** When a day begins, in a year that calendars and plans take. */
function beginningOf(day: string, timeZone: string): number {
  return Math.min(Math.max(startOfDay(inCalendar(day), timeZone), FIRST_MS), LAST_MS);
}

/** When a task is due for a user in this zone, in epoch milliseconds: its due time, or the end of its last day. */
export function dueTime(task: TaskDates, timeZone: string): number | undefined {
  const last = taskDays(task)?.last;
  if (last === undefined) return undefined;
  if (task.isAllDay) return beginningOf(dayAfter(last), timeZone);
  const { start, due = start } = taskTimes(task, timeZone);
  return due?.getTime();
}

/** When a task that has a start and a later due time begins, in epoch milliseconds. */
export function spanStart(task: TaskDates, timeZone: string): number | undefined {
  const { start, due } = taskTimes(task, timeZone);
  if (start === undefined || due === undefined || start >= due) return undefined;
  const first = task.isAllDay ? taskDays(task)?.first : undefined;
  return first === undefined ? start.getTime() : beginningOf(first, timeZone);
}

/** When the day begins on which a task starts for a user in this zone, in epoch milliseconds. */
export function dayStart(task: TaskDates, timeZone: string): number | undefined {
  const { due, start = due } = taskTimes(task, timeZone);
  if (start === undefined) return undefined;
  const day = task.isAllDay ? taskDays(task)?.first : undefined;
  return beginningOf(day ?? dayOf(start.getTime(), timeZone), timeZone);
}

/** The day of the occurrence that a recurring task shows. Undefined if it doesn't recur. */
export function occurrenceOf(
  task: TaskDates & { repeatFlag?: string | null | undefined },
): string | undefined {
  return task.repeatFlag ? taskDays(task)?.first : undefined;
}
