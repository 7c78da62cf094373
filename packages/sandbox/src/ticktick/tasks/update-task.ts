import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';
import { applyTaskInput } from './apply-task-input.ts';
import { completeTask } from './complete-task.ts';
import type { TaskInput } from './task-input.ts';
import { touchTask } from './touch-task.ts';

/** Merges changes into a task. Reopening (`status: 0`) leaves the time of completion in place. */
export function updateTask(data: AccountData, task: Task, input: TaskInput): void {
  applyTaskInput(data, task, input);
  if (input.status === 2 && task.status !== 2) completeTask(data, task);
  else {
    task.status = input.status ?? task.status;
    touchTask(data, task);
  }
}
