import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { taskNotFound } from '../find-task.ts';
import { isInbox, isSameProject, readContainer } from '../project-tasks.ts';
import type { ResolvedRef, Task } from '../task.ts';
import type { TaskWriter } from './task-writer.ts';

/** The open tasks of a project. Throws if it is out of reach. */
export async function openTasksIn(projectId: string, call: TickTickCall): Promise<Task[]> {
  const container = await readContainer(isInbox(projectId) ? 'inbox' : projectId, call);
  if (container.state === 'there') return container.tasks;
  throw container.error ?? errors.notFound(`project ${projectId}`, 200);
}

function inOrder(one: Task, other: Task): number {
  return (one.sortOrder ?? 0) - (other.sortOrder ?? 0);
}

/** The open subtasks of a task, in the app's order. */
export async function childrenOf({ id, projectId }: ResolvedRef, call: TickTickCall): Promise<Task[]> {
  const tasks = await openTasksIn(projectId, call);
  return tasks.filter(({ parentId }) => parentId === id).toSorted(inOrder);
}

/** Everything below a task, a parent before its children. */
export function descendantsOf(id: string, tasks: readonly Task[]): Task[] {
  const found: Task[] = [];
  const seen = new Set([id]);
  const parents = [id];
  for (const parent of parents) {
    for (const task of tasks.filter(({ parentId }) => parentId === parent)) {
      if (seen.has(task.id)) continue;
      seen.add(task.id);
      parents.push(task.id);
      found.push(task);
    }
  }
  return found;
}

/** Makes a task a subtask of another one of its project. Throws {@link InvalidRequestError} if it can't be. */
export async function attachTask(
  task: ResolvedRef,
  parent: ResolvedRef,
  writer: TaskWriter,
  call: TickTickCall,
): Promise<Task> {
  if (!isSameProject(task.projectId, parent.projectId)) {
    throw errors.invalid('parent', 'is in another project: move one of the tasks first');
  }
  const tasks = await openTasksIn(task.projectId, call);
  const below = descendantsOf(task.id, tasks).some(({ id }) => id === parent.id);
  if (below || parent.id === task.id)
    throw errors.invalid('parent', 'is the task itself, or one of its subtasks');
  if (!tasks.some(({ id }) => id === task.id)) throw taskNotFound(task.id);
  return await writer.setParent(task, parent.id, call);
}
