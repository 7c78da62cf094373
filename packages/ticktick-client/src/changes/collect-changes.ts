import { DAY_MS, listing } from '@context-sdk/oauth-core/client-kit';
import { SECOND_MS } from '../dates/date-input.ts';
import { readWireDate } from '../dates/task-dates.ts';
import { OFFICIAL_DIALECT, type TickTickCall } from '../operations.ts';
import { queryCompleted } from '../tasks/lists/list-completed.ts';
import { listOpen } from '../tasks/lists/list-open.ts';
import type { Task } from '../tasks/task.ts';
import { aboutTask, type TaskChangeEvent } from './change-event.ts';
import {
  type ChangedTask,
  compare,
  type KnownTask,
  knownTask,
  type Snapshot,
  withCompleted,
} from './snapshot.ts';
import { Vanished } from './vanished.ts';

/** Requests that one poll spends on vanished tasks. The rest wait for the next poll, which saves the host's limits. */
const MAX_LOOKUPS = 20;
/** How far the clocks of this machine and TickTick's may differ. */
const CLOCK_SKEW_MS = 120_000;

/** What a poll found, and the state of the account once that is acknowledged. */
export interface Changes {
  events: TaskChangeEvent[];
  snapshot: Snapshot;
}

class Collector {
  readonly #call: TickTickCall;
  readonly #before: Snapshot;
  readonly #since: number;
  readonly #events: TaskChangeEvent[] = [];
  readonly #tasks: Record<string, KnownTask> = {};
  readonly #completedIds: string[] = [];
  #recentlyCompleted: Promise<Task[]> | undefined;

  constructor(call: TickTickCall, before: Snapshot, since: number) {
    this.#call = call;
    this.#before = before;
    this.#since = since;
  }

  async collect(): Promise<Changes> {
    const open = await listing(() => listOpen(OFFICIAL_DIALECT, this.#call)).toArray();
    for (const task of open) this.#tasks[task.id] = knownTask(task);
    const { created, changed, vanished } = compare(this.#before, open);
    for (const change of changed) await this.#changed(change);
    for (const task of created) this.#created(task);
    await this.#vanished(vanished);
    const completed = withCompleted(this.#before, this.#completedIds);
    return { events: this.#events, snapshot: { tasks: this.#tasks, completed } };
  }

  async #changed(change: ChangedTask): Promise<void> {
    const { before, task, changed } = change;
    const fromProjectId = before.projectId;
    const hasMoved = fromProjectId !== task.projectId;
    if (hasMoved) {
      this.#events.push({ ...aboutTask('task.moved', task, task.modifiedTime), fromProjectId });
    }
    await this.#completedOccurrences(change);
    if (changed.length > 0 || !hasMoved) this.#updated(task, changed);
  }

  #updated(task: Task, changed: string[]): void {
    this.#events.push({ ...aboutTask('task.updated', task, task.modifiedTime), changed });
  }

  /** A recurring task whose date is later than before may have been completed: TickTick leaves a copy behind then. */
  async #completedOccurrences({ before, task }: ChangedTask): Promise<void> {
    const was = readWireDate(before.recursAt);
    const is = readWireDate(task.dueDate);
    if (was === undefined || (is !== undefined && is <= was)) return;
    for (const copy of await this.#completedLately()) {
      const due = readWireDate(copy.dueDate) ?? Number.NaN;
      const isOccurrence = copy.title === task.title && due >= was && due < (is ?? Number.POSITIVE_INFINITY);
      if (isOccurrence && copy.id !== task.id) this.#completed(copy, task.id);
    }
  }

  #created(task: Task): void {
    if (this.#before.completed.includes(task.id)) this.#updated(task, ['status']);
    else this.#events.push(aboutTask('task.created', task, task.createdTime));
  }

  #completed(task: Task, recurringTaskId?: string): void {
    const isKnown = this.#before.completed.includes(task.id) || this.#completedIds.includes(task.id);
    if (isKnown && recurringTaskId !== undefined) return;
    this.#completedIds.push(task.id);
    this.#events.push({
      ...aboutTask('task.completed', task, task.completedTime),
      ...(recurringTaskId !== undefined && { recurringTaskId }),
    });
  }

  #deleted(id: string, projectId: string): void {
    const type = 'task.deleted';
    const data = { id, projectId };
    this.#events.push({ source: 'ticktick', type, id: `${id}//${type}`, verified: true, data, raw: data });
  }

  async #vanished(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const completed = new Map((await this.#completedLately()).map((task) => [task.id, task]));
    const vanished = new Vanished(this.#call);
    const lastRequest = this.#call.requests + MAX_LOOKUPS;
    for (const id of ids) {
      const known = this.#before.tasks[id];
      const task = completed.get(id);
      if (known === undefined) continue;
      if (task !== undefined) this.#completed(task);
      else if (this.#call.requests < lastRequest) await this.#settle(vanished, id, known);
      else this.#tasks[id] = known;
    }
  }

  async #settle(vanished: Vanished, id: string, known: KnownTask): Promise<void> {
    const fate = await vanished.fateOf(id, known.projectId);
    if (fate.kind === 'completed') this.#completed(fate.task);
    else if (fate.kind === 'deleted') this.#deleted(id, fate.projectId);
    else if (fate.kind === 'unclear') this.#tasks[id] = known;
    else await this.#reappeared(fate.task, known);
  }

  /** It was moved, while projects were listed, from one that wasn't listed yet into one that was. */
  async #reappeared(task: Task, before: KnownTask): Promise<void> {
    this.#tasks[task.id] = knownTask(task);
    const snapshot = { tasks: { [task.id]: before }, completed: [] };
    for (const change of compare(snapshot, [task]).changed) await this.#changed(change);
  }

  /** The last 200 completed tasks since the last poll. */
  #completedLately(): Promise<Task[]> {
    const from = Math.floor((this.#since - CLOCK_SKEW_MS) / SECOND_MS) * SECOND_MS;
    const span = { from, to: Date.now() + DAY_MS };
    return (this.#recentlyCompleted ??= queryCompleted(span, undefined, this.#call));
  }
}

/** Everything that happened since `since` (epoch milliseconds), when the state of the account was `before`. */
export function collectChanges(call: TickTickCall, before: Snapshot, since: number): Promise<Changes> {
  return new Collector(call, before, since).collect();
}
