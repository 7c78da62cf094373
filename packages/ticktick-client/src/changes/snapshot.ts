import { isSameProject } from '../tasks/project-tasks.ts';
import type { Task } from '../tasks/task.ts';
import { canonical } from './canonical.ts';

/** What is stored of an open task. */
export interface KnownTask {
  projectId: string;
  etag?: string;
  /** The value of each field in canonical JSON, or a hash of a long one, to detect what changed. */
  fields: Record<string, string>;
  /** Of a recurring task, to distinguish a completion from a new date, and to recognize the copy that it leaves behind. */
  recurs?: { at: string; title: string; rule: string };
  /** Its project is archived: it is neither listed nor gone. */
  isArchived?: true;
  /** The last poll did not find it, nor could it look everywhere: the next one that doesn't find it says that it is deleted. */
  isHidden?: true;
  /** It is new, and a batch that says so was handed out and not acknowledged: the consumer may have heard of it. */
  isOffered?: true;
}

/** The state of the account at the last acknowledged poll. */
export interface Snapshot {
  tasks: Record<string, KnownTask>;
  /** Ids of the last tasks that were reported as completed, the oldest first. */
  completed: string[];
  /** Projects in canonical JSON by their ids, if the feed follows projects. */
  projects?: Record<string, string>;
  /** New projects of a batch that was handed out and not acknowledged. */
  offeredProjects?: Record<string, string>;
  /** How many batches were acknowledged, so that what happens again is another event. */
  batches?: number;
}

/** Before the first look. */
export const NOTHING_KNOWN: Snapshot = { tasks: {}, completed: [] };

const MAX_COMPLETED = 1_000;

/** Values longer than this are stored as hashes. */
const MAX_VALUE_LENGTH = 100;

/** Whatever its length: filters ask which tags a task had. */
const STORED_WHOLE = 'tags';

/** Fields that change with every change, so they don't show what it was. */
const BOOKKEEPING = new Set(['id', 'projectId', 'etag', 'etimestamp', 'modifiedTime']);

/** FNV-1a, 32 bits: enough to detect that a value has changed. */
function hash(text: string): string {
  let result = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    result = Math.imul(result ^ byte, 0x01000193);
  }
  return (result >>> 0).toString(36);
}

/** A short text for a whole value, in whichever way a route writes it. */
export function hashOf(value: unknown): string {
  return hash(JSON.stringify(canonical('', value)) ?? '');
}

function stored(name: string, value: unknown): string | undefined {
  const form = canonical(name, value);
  if (form === undefined) return undefined;
  const text = JSON.stringify(form);
  return text.length > MAX_VALUE_LENGTH && name !== STORED_WHOLE ? hashed(text) : text;
}

function hashed(text: string): string {
  return `#${hash(text)}`;
}

/** Earlier versions stored hashes of what is stored whole now. */
function isSameText(before: string | undefined, after: string | undefined): boolean {
  return before === after || (after !== undefined && before === hashed(after));
}

/** A stored value; undefined for an absent one, and for one that was too long. */
export function storedValue({ fields }: KnownTask, name: string): unknown {
  const text = fields[name];
  if (text === undefined || text.startsWith('#')) return undefined;
  const value: unknown = JSON.parse(text);
  const isDate = typeof value === 'number' && /(Date|Time)$/.test(name);
  return isDate ? new Date(value).toISOString().replace('Z', '+0000') : value;
}

export function knownTask(task: Task): KnownTask {
  const fields = Object.entries(task).flatMap(([name, value]) => {
    const text = BOOKKEEPING.has(name) ? undefined : stored(name, value);
    return text === undefined ? [] : [[name, text]];
  });
  const at = task.dueDate ?? task.startDate;
  return {
    projectId: task.projectId,
    ...(task.etag && { etag: task.etag }),
    fields: Object.fromEntries(fields),
    ...(task.repeatFlag && at !== undefined && { recurs: { at, title: task.title, rule: task.repeatFlag } }),
  };
}

/** The names of the fields that differ. */
function changedFields(before: KnownTask, after: KnownTask): string[] {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  return [...names].filter((name) => !isSameText(before.fields[name], after.fields[name]));
}

export function withCompleted({ completed }: Snapshot, ids: readonly string[]): string[] {
  return [...completed.filter((id) => !ids.includes(id)), ...ids].slice(-MAX_COMPLETED);
}

/** The state `before` with what is new in `now` and handed out: if it vanishes before it is acknowledged, that has to be told. */
export function withOffered(before: Snapshot, now: Snapshot, created: ReadonlySet<string>): Snapshot {
  const tasks = Object.entries(now.tasks).filter(([id]) => created.has(id));
  const projects = Object.entries(now.projects ?? {}).filter(([id]) => created.has(id));
  const offered = tasks.map(([id, task]): [string, KnownTask] => [id, { ...task, isOffered: true }]);
  return {
    ...before,
    tasks: { ...before.tasks, ...Object.fromEntries(offered) },
    ...(projects.length > 0 && { offeredProjects: Object.fromEntries(projects) }),
  };
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

/** TickTick gives a task a new etag with every change. Not every route may tell it. */
function isSame(before: KnownTask, after: KnownTask, fields: readonly string[]): boolean {
  if (!isSameProject(before.projectId, after.projectId)) return false;
  const bothHave = before.etag !== undefined && after.etag !== undefined;
  return bothHave ? before.etag === after.etag : fields.length === 0;
}

/** What to store of a task that is listed now. Its etag shows whether that is what was stored, and it need not be read. */
export function knownNow(before: KnownTask | undefined, task: Task): KnownTask {
  return before !== undefined && hasSameEtag(before, task) ? before : knownTask(task);
}

function hasSameEtag(known: KnownTask, task: Task): boolean {
  const { etag, projectId, isOffered, isArchived, isHidden } = known;
  if (isOffered || isArchived || isHidden) return false;
  return etag !== undefined && etag === task.etag && projectId === task.projectId;
}

/** Whether a snapshot is what the list of open tasks says, so that the same list again tells nothing. */
export function isSettled(snapshot: Snapshot, open: readonly Task[]): boolean {
  const { created, changed, vanished } = compare(snapshot, open);
  const isKept = (id: string): boolean => snapshot.tasks[id]?.isArchived === true;
  return created.length === 0 && changed.length === 0 && vanished.every(isKept);
}

/** What changed between a snapshot and the open tasks of now. */
export function compare({ tasks }: Snapshot, open: readonly Task[]): Comparison {
  const created: Task[] = [];
  const changed: ChangedTask[] = [];
  for (const task of open) {
    const before = tasks[task.id];
    if (before === undefined || before.isOffered) {
      created.push(task);
      continue;
    }
    if (hasSameEtag(before, task)) continue;
    const after = knownTask(task);
    const fields = changedFields(before, after);
    if (!isSame(before, after, fields)) changed.push({ before, task, changed: fields });
  }
  const stillOpen = new Set(open.map(({ id }) => id));
  return { created, changed, vanished: Object.keys(tasks).filter((id) => !stillOpen.has(id)) };
}
