import { TaskPriority, type TaskSchedule } from '@context-sdk/ticktick-client';
import { invalidInput } from '../../utils/input-checks.ts';
import type { Priority } from '../input/inputs.ts';
import { timeOn } from '../text/days.ts';

/** The date of a task: a whole day, or a time of it. Throws {@link InvalidRequestError} for a time without a day. */
export function scheduleOf(
  { day, time }: { day: string | null; time: string | null },
  timeZone: string,
): TaskSchedule | undefined {
  if (day === null) {
    if (time !== null) throw invalidInput('day', 'is missing: a time needs its day');
    return undefined;
  }
  return time === null ? { day: { date: day, timeZone } } : { at: timeOn(day, time, timeZone).toISOString() };
}

/** TickTick's number of a priority. */
export function priorityNumber(priority: Priority | null): TaskPriority | undefined {
  return priority === null ? undefined : TaskPriority[priority];
}

/** Without the fields that are `undefined`. */
export function given<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}
