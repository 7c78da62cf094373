import { type TaskDates, taskTimes } from '@context-sdk/ticktick-client';

/** Milliseconds from a task's start to its due time. 0 if it lacks one of them. */
export function taskLengthMs(task: TaskDates, timeZone: string): number {
  const { start, due } = taskTimes(task, timeZone);
  return start === undefined || due === undefined ? 0 : Math.max(0, due.getTime() - start.getTime());
}
