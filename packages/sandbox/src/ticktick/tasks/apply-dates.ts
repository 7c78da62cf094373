import type { Task } from '../task.ts';
import type { TaskInput } from './task-input.ts';

/** Merges dates, zone and repetition, with the service's own ideas of what belongs together. */
export function applyDates(task: Task, input: TaskInput, accountZone: string): void {
  applyZone(task, input, accountZone);
  if (input.startDate !== undefined) task.startDate = input.startDate ?? undefined;
  if (input.dueDate !== undefined) task.dueDate = input.dueDate ?? undefined;
  // A due date that comes alone becomes the start date too.
  if (typeof input.dueDate === 'number' && input.startDate === undefined) task.startDate = input.dueDate;
  if (input.repeatFlag !== undefined) task.repeatFlag = input.repeatFlag || undefined;
  task.repeatFrom = input.repeatFrom ?? task.repeatFrom;
  const hasDate = task.startDate !== undefined || task.dueDate !== undefined;
  if (input.dueDate === null || !hasDate) task.repeatFlag = undefined;
}

/** Dates that are sent again without their zone are taken to be the account's, which shifts all-day tasks. */
function applyZone(task: Task, input: TaskInput, accountZone: string): void {
  task.isAllDay = input.isAllDay ?? task.isAllDay;
  const bringsDate = typeof input.startDate === 'number' || typeof input.dueDate === 'number';
  task.timeZone = input.timeZone || (bringsDate ? accountZone : task.timeZone);
}
