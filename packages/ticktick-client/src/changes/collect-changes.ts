import { instantOfWireDate } from '../dates/task-dates.ts';
import type { Task } from '../tasks/task.ts';
import { aboutTask, type TaskChangeEvent } from './change-event.ts';
import type { ChangeReader } from './change-reader.ts';
import { type ChangedTask, compare } from './compare.ts';
import { type KnownTask, knownTask, type Snapshot, withCompleted } from './snapshot.ts';
import { Vanished } from './vanished.ts';

/** Requests that one poll spends on vanished tasks; what is left stays for the next, so that the host keeps its limits. */
const MOST_LOOKS = 20;
/** How far the clocks of this machine and TickTick's may differ. */
const CLOCK_SKEW_MS = 120_000;

/** What a poll found, and what the account looks like when that is acknowledged. */
export interface Changes {
  events: TaskChangeEvent[];
  snapshot: Snapshot;
}

class Collector {
  readonly #reader: ChangeReader;
  readonly #before: Snapshot;
  readonly #since: number;
  readonly #events: TaskChangeEvent[] = [];
  readonly #tasks: Record<string, KnownTask> = {};
  readonly #completedIds: string[] = [];
  #recentlyCompleted: Promise<Task[]> | undefined;

  constructor(reader: ChangeReader, before: Snapshot, since: number) {
    this.#reader = reader;
    this.#before = before;
    this.#since = since;
  }

  async collect(): Promise<Changes> {
    const open = await this.#reader.open();
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

  /** A recurring task that moved to a later date may have been completed: then TickTick left a copy behind. */
  async #completedOccurrences({ before, task }: ChangedTask): Promise<void> {
    const was = instantOfWireDate(before.recursAt);
    const is = instantOfWireDate(task.dueDate);
    if (was === undefined || (is !== undefined && is <= was)) return;
    for (const copy of await this.#completedLately()) {
      const due = instantOfWireDate(copy.dueDate) ?? NaN;
      const isOccurrence = copy.title === task.title && due >= was && due < (is ?? Infinity);
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
    const vanished = new Vanished(this.#reader);
    const lastRequest = this.#reader.requests + MOST_LOOKS;
    for (const id of ids) {
      const known = this.#before.tasks[id];
      const task = completed.get(id);
      if (known === undefined) continue;
      if (task !== undefined) this.#completed(task);
      else if (this.#reader.requests < lastRequest) await this.#settle(vanished, id, known);
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

  /** It was moved from a project that was yet to be listed into one that had been. */
  async #reappeared(task: Task, before: KnownTask): Promise<void> {
    this.#tasks[task.id] = knownTask(task);
    const snapshot = { tasks: { [task.id]: before }, completed: [] };
    for (const change of compare(snapshot, [task]).changed) await this.#changed(change);
  }

  #completedLately(): Promise<Task[]> {
    return (this.#recentlyCompleted ??= this.#reader.completedSince(this.#since - CLOCK_SKEW_MS));
  }
}

/** Everything that happened since `since` (epoch milliseconds), when the account looked like `before`. */
export function collectChanges(reader: ChangeReader, before: Snapshot, since: number): Promise<Changes> {
  return new Collector(reader, before, since).collect();
}
