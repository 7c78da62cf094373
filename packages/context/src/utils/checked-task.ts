import { invalid } from './invalid.ts';

/** Throws {@link InvalidRequestError} for what is no task. */
export function checkedTask(task: { id: string; title?: string }): void {
  if (typeof task !== 'object' || task === null) throw invalid('task', 'is not a task');
  if (typeof task.id !== 'string' || task.id === '') throw invalid('task.id', 'is empty or not a text');
}
