import { dayOf, isTimeZone } from './zoned-day.ts';

/** What of a task says when it is. */
export interface Dated {
  startDate?: string;
  dueDate?: string;
  completedTime?: string;
  timeZone?: string;
}

/** The instant of a date as TickTick sends it (`2026-10-11T09:00:00.000+0000`); undefined if it is none. */
export function instantOfWireDate(wire: string | undefined): number | undefined {
  if (wire === undefined) return undefined;
  const instant = Date.parse(wire.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(instant) ? undefined : instant;
}

function date(wire: string | undefined): Date | undefined {
  const instant = instantOfWireDate(wire);
  return instant === undefined ? undefined : new Date(instant);
}

function day(wire: string | undefined, { timeZone }: Dated): string | undefined {
  const instant = instantOfWireDate(wire);
  if (instant === undefined) return undefined;
  return dayOf(instant, timeZone !== undefined && isTimeZone(timeZone) ? timeZone : 'UTC');
}

/** When a task is due; for an all-day task the midnight that begins its day in its own zone. */
export function taskDueDate(task: Dated): Date | undefined {
  return date(task.dueDate);
}

/** When a task starts; for an all-day task the midnight that begins its day in its own zone. */
export function taskStartDate(task: Dated): Date | undefined {
  return date(task.startDate);
}

/**
 * The calendar day on which a task is due, like `2026-11-22`, in the task's own zone: all-day tasks are stored as
 * an instant, and in another zone that instant may lie in another day. UTC where the task names no zone.
 */
export function taskDueDay(task: Dated): string | undefined {
  return day(task.dueDate, task);
}

/** The calendar day on which a task starts, in the task's own zone. */
export function taskStartDay(task: Dated): string | undefined {
  return day(task.startDate, task);
}
