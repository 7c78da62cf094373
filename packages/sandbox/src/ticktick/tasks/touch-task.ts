import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';

/** Marks a task as changed: a new etag, now. */
export function touchTask(data: AccountData, task: Task): void {
  task.etag = data.newEtag();
  task.etimestamp = data.now();
  task.modifiedTime = data.now();
  if (!task.deleted) data.onTaskEvent('task.updated', task);
}
