import { toWallTime } from '../../time/zoned-time.ts';
import type { Task } from '../task.ts';

/** The days on which an app shows a task, both included. */
export interface ShownDays {
  readonly first: string;
  readonly last: string;
}

/**
 * The first and the last day of a task as the app shows them. An all-day span is due at the midnight after its last day, so
 * that is the day before; one day is due when it starts.
 */
export function shownDays({ startDate, dueDate, isAllDay, timeZone }: Task): ShownDays | undefined {
  const start = startDate ?? dueDate;
  if (start === undefined) return undefined;
  const end = Math.max(dueDate ?? start, start);
  const last = isAllDay && end > start ? end - 1 : end;
  return { first: dayAt(start, timeZone), last: dayAt(last, timeZone) };
}

function dayAt(instant: number, timeZone: string): string {
  return new Date(toWallTime(instant, timeZone)).toISOString().slice(0, 10);
}
