import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';
import { setParent } from './family.ts';
import { touchTask } from './touch-task.ts';

/** Moves a task to another project. Its column and its parent belong to the old one. */
export function moveTask(data: AccountData, task: Task, projectId: string, sortOrder?: number): void {
  if (task.projectId !== projectId) {
    task.columnId = undefined;
    setParent(data, task, undefined);
  }
  task.projectId = projectId;
  task.sortOrder = sortOrder ?? task.sortOrder;
  touchTask(data, task);
}
