import { addDays, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { type TaskDates, taskDays, taskTimes } from '@context-sdk/ticktick-client';

/** When a task is due for a user in this zone, in epoch milliseconds: its due time, or the end of its last day. */
export function dueTime(task: TaskDates, timeZone: string): number | undefined {
  const last = taskDays(task)?.last;
  if (last === undefined) return undefined;
  if (task.isAllDay) return startOfDay(addDays(last, 1), timeZone);
  const { start, due = start } = taskTimes(task, timeZone);
  return due?.getTime();
}

/** When a task that has a start and a later due time begins, in epoch milliseconds. */
export function spanStart(task: TaskDates, timeZone: string): number | undefined {
  const { start, due } = taskTimes(task, timeZone);
  if (start === undefined || due === undefined || start >= due) return undefined;
  const first = task.isAllDay ? taskDays(task)?.first : undefined;
  return first === undefined ? start.getTime() : startOfDay(first, timeZone);
}

/** The day of the occurrence that a recurring task shows. Undefined if it doesn't recur. */
export function occurrenceOf(
  task: TaskDates & { repeatFlag?: string | null | undefined },
): string | undefined {
  return task.repeatFlag ? taskDays(task)?.first : undefined;
}
