import type { Task } from '../tasks/task.ts';

/** What is stored of an open task. */
export interface KnownTask {
  projectId: string;
  etag?: string;
  /** A hash per field, to detect what changed. */
  fields: Record<string, string>;
  /** Due date of a recurring task, to distinguish a completion from a new date. */
  recursAt?: string;
}

/** The state of the account at the last acknowledged poll. */
export interface Snapshot {
  tasks: Record<string, KnownTask>;
  /** Ids of the last tasks that were reported as completed, the oldest first. */
  completed: string[];
}

const MAX_COMPLETED = 1_000;

/** Fields that change with every change, so they don't show what it was. */
const BOOKKEEPING = new Set(['id', 'projectId', 'etag', 'etimestamp', 'modifiedTime']);

/** FNV-1a, 32 bits: enough to detect that a value has changed. */
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

/** The names of the fields that differ. */
function changedFields(before: KnownTask, after: KnownTask): string[] {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  return [...names].filter((name) => before.fields[name] !== after.fields[name]);
}

export function withCompleted({ completed }: Snapshot, ids: readonly string[]): string[] {
  return [...completed.filter((id) => !ids.includes(id)), ...ids].slice(-MAX_COMPLETED);
}

/** An open task that has changed. */
export interface ChangedTask {
  before: KnownTask;
  task: Task;
  changed: string[];
}

export interface Comparison {
  created: Task[];
  changed: ChangedTask[];
  /** Ids of tasks that are no longer open. */
  vanished: string[];
}

/** What changed between a snapshot and the open tasks of now. */
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
    const hasSameEtag = before.etag === after.etag;
    const isSame =
      before.projectId === after.projectId &&
      hasSameEtag &&
      (after.etag !== undefined || fields.length === 0);
    if (!isSame) changed.push({ before, task, changed: fields });
  }
  const stillOpen = new Set(open.map(({ id }) => id));
  return { created, changed, vanished: Object.keys(tasks).filter((id) => !stillOpen.has(id)) };
}
