import {
  checkedDay,
  checkedTimeZone,
  dayOf,
  instantOfClock,
  isObject,
  isTimeZone,
  MINUTE_MS,
  offsetAt,
  parseInstant,
} from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import type { TaskSchedule } from './schedule-input.ts';

/** The fields of a task that say when it is. */
export interface TaskDates {
  startDate?: string | null | undefined;
  dueDate?: string | null | undefined;
  completedTime?: string | null | undefined;
  timeZone?: string | null | undefined;
  isAllDay?: boolean | null | undefined;
  isFloating?: boolean | null | undefined;
}

/** The instant of a date as TickTick sends it (`2026-10-11T09:00:00.000+0000`); undefined for anything else. */
export function readWireDate(wire: string | null | undefined): number | undefined {
  return typeof wire === 'string' ? parseInstant(wire.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : undefined;
}

/** Throws {@link InvalidRequestError} for what can't be a task. */
function checkTask(task: unknown): void {
  if (!isObject(task)) throw errors.invalid('task', 'is not an object');
}

function zoneOf(task: TaskDates): string {
  const timeZone = task?.timeZone;
  return isTimeZone(timeZone) ? timeZone : 'UTC';
}

function date(wire: string | null | undefined): Date | undefined {
  const instant = readWireDate(wire);
  return instant === undefined ? undefined : new Date(instant);
}

function dayIn(wire: string | null | undefined, task: TaskDates): string | undefined {
  const instant = readWireDate(wire);
  if (instant === undefined) return undefined;
  return dayOf(instant, zoneOf(task));
}

/** When a task is due; for an all-day task, the midnight that begins its day in its own zone. */
export function taskDueDate(task: TaskDates): Date | undefined {
  checkTask(task);
  return date(task.dueDate);
}

/** When a task starts; for an all-day task, the midnight that begins its day in its own zone. */
export function taskStartDate(task: TaskDates): Date | undefined {
  checkTask(task);
  return date(task.startDate);
}

/**
 * The first and the last day of a task, in its own zone. TickTick ends an all-day span with the midnight after its last day
 * (docs/facts/ticktick.md, Dates). Undefined without a date.
 */
export function taskDays(task: TaskDates): { first: string; last: string } | undefined {
  checkTask(task);
  const start = readWireDate(task.startDate) ?? readWireDate(task.dueDate);
  if (start === undefined) return undefined;
  const due = readWireDate(task.dueDate) ?? start;
  const zone = zoneOf(task);
  const first = dayOf(start, zone);
  if (due <= start) return { first, last: first };
  return { first, last: dayOf(task.isAllDay ? due - 1 : due, zone) };
}

/**
 * The calendar day on which a task is due, the last of an all-day span, such as `2026-11-22`, in the task's own zone. All-day tasks are stored as an
 * instant, which can be on another day in another zone. UTC if the task has no zone.
 */
export function taskDueDay(task: TaskDates): string | undefined {
  checkTask(task);
  return readWireDate(task.dueDate) === undefined ? undefined : taskDays(task)?.last;
}

/** The calendar day on which a task starts, in the task's own zone. */
export function taskStartDay(task: TaskDates): string | undefined {
  checkTask(task);
  return dayIn(task.startDate, task);
}

/**
 * The schedule that gives a task its dates: what `tasks.create` and `tasks.update` take as `schedule`. `null` without a date.
 */
export function taskSchedule(task: TaskDates): TaskSchedule {
  checkTask(task);
  const days = taskDays(task);
  if (days === undefined) return null;
  const timeZone = zoneOf(task);
  if (task.isAllDay) {
    const from = { date: days.first, timeZone };
    return days.first === days.last ? { day: from } : { from, to: { date: days.last, timeZone } };
  }
  const start = readWireDate(task.startDate) ?? readWireDate(task.dueDate) ?? 0;
  const due = readWireDate(task.dueDate) ?? start;
  return { at: new Date(start), durationMinutes: Math.max(0, due - start) / MINUTE_MS };
}

/** When another zone's clocks show what this zone's show. */
export function sameClock(instant: number, from: string, to: string): number {
  return instantOfClock(instant + offsetAt(instant, from), to);
}

/**
 * What the clock shows when a task starts and is due: `2026-12-01T09:00:00`, in the task's own zone. A floating task
 * (`isFloating`) is at these times wherever its user is; of other tasks only the instants count. Undefined without a date, and
 * for all-day tasks, which have {@link taskDays}.
 */
export function taskWallTime(task: TaskDates): { start?: string; due?: string } | undefined {
  checkTask(task);
  const start = readWireDate(task.startDate);
  const due = readWireDate(task.dueDate);
  if (task.isAllDay || (start ?? due) === undefined) return undefined;
  const clock = (at: number): string => new Date(at + offsetAt(at, zoneOf(task))).toISOString().slice(0, 19);
  return {
    ...(start !== undefined && { start: clock(start) }),
    ...(due !== undefined && { due: clock(due) }),
  };
}

/** The instant of a task's date where its user is: a floating task has the same time on every zone's clocks. */
function instantIn(wire: string | null | undefined, task: TaskDates, timeZone: string): number | undefined {
  const instant = readWireDate(wire);
  if (instant === undefined || !task.isFloating || task.isAllDay) return instant;
  return sameClock(instant, zoneOf(task), timeZone);
}

/** When a task with a time starts and is due for a user in this zone, which only matters for floating tasks. */
export function taskTimes(task: TaskDates, timeZone: string): { start?: Date; due?: Date } {
  checkTask(task);
  const start = instantIn(task.startDate, task, timeZone);
  const due = instantIn(task.dueDate, task, timeZone);
  return {
    ...(start !== undefined && { start: new Date(start) }),
    ...(due !== undefined && { due: new Date(due) }),
  };
}

type DatesAndStatus = TaskDates & { status?: number | null | undefined };

/**
 * Whether an open task should be done by now: its due time, or the end of its last day, is past. An all-day task ends with
 * the day of `timeZone`, and a floating one is at its time there. Default: the task's own zone.
 */
export function isOverdue(task: DatesAndStatus, now: Date, timeZone: string = zoneOf(task)): boolean {
  checkTask(task);
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) throw errors.invalid('now', 'is not a Date');
  checkedTimeZone(timeZone, 'timeZone', errors.invalid);
  if (task.status) return false;
  const last = taskDays(task)?.last;
  if (last === undefined) return false;
  if (task.isAllDay) return last < dayOf(now.getTime(), timeZone);
  const { start, due = start } = taskTimes(task, timeZone);
  return due !== undefined && due < now;
}

/** Whether a task is due on a day, such as `2026-11-22`, for a user in this zone. A span of days is due on its last. */
export function isDueOn(task: TaskDates, day: string, timeZone: string): boolean {
  checkTask(task);
  checkedDay(day, 'day', errors.invalid);
  checkedTimeZone(timeZone, 'timeZone', errors.invalid);
  if (task.isAllDay) return taskDueDay(task) === day;
  const { due } = taskTimes(task, timeZone);
  return due !== undefined && dayOf(due.getTime(), timeZone) === day;
}
