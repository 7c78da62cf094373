import type { Task } from '../tasks/task.ts';

/** What is remembered of an open task. */
export interface KnownTask {
  projectId: string;
  etag?: string;
  /** A hash per field, to tell what changed. */
  fields: Record<string, string>;
  /** Due date of a recurring task, to tell a completion from a new date. */
  recursAt?: string;
}

/** What the account looked like at the last acknowledged poll. */
export interface Snapshot {
  tasks: Record<string, KnownTask>;
  /** Ids of the last tasks that were reported as completed, the oldest first. */
  completed: string[];
}

const MOST_COMPLETED = 1_000;

/** Fields that change with every change, and so say nothing of what it was. */
const BOOKKEEPING = new Set(['id', 'projectId', 'etag', 'etimestamp', 'modifiedTime']);

/** FNV-1a, 32 bits: enough to see that a value is another one. */
export function hash(value: unknown): string {
  let result = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(value))) {
    result = Math.imul(result ^ byte, 0x01000193);
  }
  return (result >>> 0).toString(36);
}

export function knownTask(task: Task): KnownTask {
  const fields = Object.entries(task).filter(
    ([name, value]) => !BOOKKEEPING.has(name) && value !== undefined,
  );
  return {
    projectId: task.projectId,
    ...(task.etag !== undefined && { etag: task.etag }),
    fields: Object.fromEntries(fields.map(([name, value]) => [name, hash(value)])),
    ...(task.repeatFlag && task.dueDate !== undefined && { recursAt: task.dueDate }),
  };
}

/** The names of the fields that are not as they were. */
export function changedFields(before: KnownTask, after: KnownTask): string[] {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  return [...names].filter((name) => before.fields[name] !== after.fields[name]);
}

export function withCompleted({ completed }: Snapshot, ids: readonly string[]): string[] {
  return [...completed.filter((id) => !ids.includes(id)), ...ids].slice(-MOST_COMPLETED);
}
