import type { Task } from '../tasks/task.ts';
import { changedFields, type KnownTask, knownTask, type Snapshot } from './snapshot.ts';

/** An open task that is not as it was. */
export interface ChangedTask {
  before: KnownTask;
  task: Task;
  changed: string[];
}

export interface Comparison {
  created: Task[];
  changed: ChangedTask[];
  /** Ids of tasks that are not among the open ones any more. */
  vanished: string[];
}

export function compare({ tasks }: Snapshot, open: readonly Task[]): Comparison {
  const created: Task[] = [];
  const changed: ChangedTask[] = [];
  for (const task of open) {
    const before = tasks[task.id];
    if (before === undefined) {
      created.push(task);
      continue;
    }
    const after = knownTask(task);
    const fields = changedFields(before, after);
    const isSame = before.projectId === after.projectId && before.etag === after.etag && fields.length === 0;
    if (!isSame) changed.push({ before, task, changed: fields });
  }
  const stillOpen = new Set(open.map(({ id }) => id));
  return { created, changed, vanished: Object.keys(tasks).filter((id) => !stillOpen.has(id)) };
}
