import { dayOf, isTimeZone } from '@context-sdk/oauth-core/client-kit';

/** The fields of a task that say when it is. */
export interface TaskDates {
  startDate?: string | null | undefined;
  dueDate?: string | null | undefined;
  completedTime?: string | null | undefined;
  timeZone?: string | null | undefined;
  isAllDay?: boolean | null | undefined;
}

/** The instant of a date as TickTick sends it (`2026-10-11T09:00:00.000+0000`); undefined for anything else. */
export function readWireDate(wire: string | null | undefined): number | undefined {
  if (typeof wire !== 'string') return undefined;
  const instant = Date.parse(wire.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(instant) ? undefined : instant;
}

function zoneOf({ timeZone }: TaskDates): string {
  return isTimeZone(timeZone) ? timeZone : 'UTC';
}

function date(wire: string | null | undefined): Date | undefined {
  const instant = readWireDate(wire);
  return instant === undefined ? undefined : new Date(instant);
}

function day(wire: string | null | undefined, task: TaskDates): string | undefined {
  const instant = readWireDate(wire);
  if (instant === undefined) return undefined;
  return dayOf(instant, zoneOf(task));
}

/** When a task is due; for an all-day task, the midnight that begins its day in its own zone. */
export function taskDueDate(task: TaskDates): Date | undefined {
  return date(task.dueDate);
}

/** When a task starts; for an all-day task, the midnight that begins its day in its own zone. */
export function taskStartDate(task: TaskDates): Date | undefined {
  return date(task.startDate);
}

/**
 * The first and the last day of a task, in its own zone. TickTick ends an all-day span with the midnight after its last day
 * (docs/facts/ticktick.md, Dates). Undefined without a date.
 */
export function taskDays(task: TaskDates): { first: string; last: string } | undefined {
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
  return readWireDate(task.dueDate) === undefined ? undefined : taskDays(task)?.last;
}

/** The calendar day on which a task starts, in the task's own zone. */
export function taskStartDay(task: TaskDates): string | undefined {
  return day(task.startDate, task);
}
