import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';
import { leaveParent } from './family.ts';

/** Takes a task out of every list; by its id it stays readable. */
export function deleteTask(data: AccountData, task: Task): void {
  if (task.deleted) return;
  task.deleted = true;
  leaveParent(data, task);
  data.onTaskEvent('task.deleted', task);
}
