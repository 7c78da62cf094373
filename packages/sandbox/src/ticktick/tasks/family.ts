import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';

/** Makes a task a subtask, or takes it from its parent. */
export function setParent(data: AccountData, task: Task, parentId: string | undefined): void {
  leaveParent(data, task);
  task.parentId = parentId;
  if (parentId === undefined) return;
  const children = data.children.get(parentId) ?? new Set();
  data.children.set(parentId, children.add(task.id));
}

/** A deleted task is no longer among its parent's children, though it still has its parentId. */
export function leaveParent(data: AccountData, task: Task): void {
  if (task.parentId !== undefined) data.children.get(task.parentId)?.delete(task.id);
}

export function childIdsOf(data: AccountData, task: Task): string[] | undefined {
  const children = data.children.get(task.id);
  return children && children.size > 0 ? [...children] : undefined;
}
