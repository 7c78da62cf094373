import { type Task, TaskStatus } from '../tasks/task.ts';
import { aboutTask, type TaskChangeEvent, type TaskFieldChange } from './change-event.ts';
import { type KnownTask, storedValue } from './snapshot.ts';

/** A task that was reported as completed, whose other fields are not known any more. */
export const REOPENED: KnownTask = { projectId: '', fields: { status: String(TaskStatus.completed) } };

/** The event of a task whose fields have changed, with what they were and are. */
export function taskUpdate(task: Task, changed: string[], before: KnownTask): TaskChangeEvent {
  const now = new Map<string, unknown>(Object.entries(task));
  const changes = changed.map((name): [string, TaskFieldChange] => {
    const [from, to] = [storedValue(before, name), now.get(name)];
    return [name, { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
  return {
    ...aboutTask('task.updated', task, task.modifiedTime),
    changed,
    changes: Object.fromEntries(changes),
  };
}
