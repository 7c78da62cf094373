import type { AccountData } from '../account-data.ts';
import { taskNotFound, unknownException } from '../api-failure.ts';
import type { Task } from '../task.ts';

/** The task with that id in that project (`inbox` is understood), deleted or not. */
export function findTask(data: AccountData, projectId: string, taskId: string): Task | undefined {
  const task = data.tasks.get(taskId);
  return task?.projectId === data.resolveInbox(projectId) ? task : undefined;
}

/** The same for an operation that answers the task. A deleted project fails in its own way. */
export function getTask(data: AccountData, projectId: string, taskId: string): Task {
  if (data.deletedProjects.has(projectId)) throw unknownException();
  const task = findTask(data, projectId, taskId);
  if (!task) throw taskNotFound();
  return task;
}
