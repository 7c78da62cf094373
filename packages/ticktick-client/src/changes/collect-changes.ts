import type { TickTickCall } from '../operations.ts';
import type { Skipped } from '../skipped.ts';
import { isOutOfReach, isSameProject } from '../tasks/project-tasks.ts';
import type { Task } from '../tasks/task.ts';
import { aboutTask, type TaskChangeEvent } from './change-event.ts';
import { CompletedTasks, MovedOn } from './completed-copies.ts';
import {
  type ChangedTask,
  compare,
  knownNow,
  type KnownTask,
  knownTask,
  type Snapshot,
  withCompleted,
} from './snapshot.ts';
import { REOPENED, taskUpdate } from './task-update.ts';
import { Vanished } from './vanished.ts';

/** Requests that one poll spends on vanished tasks. The rest wait for the next poll, which saves the host's limits. */
const MAX_LOOKUPS = 20;

/** What a poll found, and the state of the account once that is acknowledged. */
export interface Changes {
  events: TaskChangeEvent[];
  snapshot: Snapshot;
}

class Collector {
  readonly #call: TickTickCall;
  readonly #before: Snapshot;
  readonly #includesClosed: boolean;
  readonly #skipped: readonly Skipped[];
  readonly #since: number;
  readonly #completedTasks: CompletedTasks;
  readonly #events: TaskChangeEvent[] = [];
  readonly #tasks: Record<string, KnownTask> = {};
  readonly #completedIds: string[] = [];

  constructor(
    call: TickTickCall,
    before: Snapshot,
    { since, skipped, includeClosed = false }: CollectOptions,
  ) {
    this.#call = call;
    this.#before = before;
    this.#includesClosed = includeClosed;
    this.#skipped = skipped;
    this.#since = since;
    this.#completedTasks = new CompletedTasks(call, since);
  }

  async collect(open: readonly Task[]): Promise<Changes> {
    for (const task of open) this.#tasks[task.id] = knownNow(this.#before.tasks[task.id], task);
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
    const hasMoved = !isSameProject(fromProjectId, task.projectId);
    if (!(await this.#completedOccurrences(change))) {
      this.#tasks[task.id] = before;
      return;
    }
    if (hasMoved) {
      this.#events.push({ ...aboutTask('task.moved', task, task.modifiedTime), fromProjectId });
    }
    if (changed.length > 0 || !hasMoved) this.#events.push(taskUpdate(task, changed, before));
  }

  /** Reports the occurrences that were completed; false if they can't be read, so that a later poll has to. */
  async #completedOccurrences(change: ChangedTask): Promise<boolean> {
    const moved = new MovedOn(change, this.#since);
    if (!moved.isMoved) return true;
    const { task } = change;
    // A copy has an id of its own: what was open before is told as itself.
    const isNew = ({ id }: Task): boolean => !this.#isReported(id) && !Object.hasOwn(this.#before.tasks, id);
    try {
      // Not only those of lately: beside one that was done now, another can have been done offline, hours ago.
      const completed = await this.#completedTasks.since(moved.was, moved.projectIds);
      const titles = this.#titlesOfOthers(task.id);
      const copies = moved.copiesAmong(completed.filter(isNew), titles, this.#othersMovedOn(task.id));
      for (const copy of copies) this.#completed(copy, task.id);
      return true;
    } catch (error) {
      if (isOutOfReach(error)) return false;
      throw error;
    }
  }

  /** Of the other recurring tasks, before and now. */
  #titlesOfOthers(taskId: string): Set<string> {
    const titles = [this.#before.tasks, this.#tasks].flatMap((tasks) =>
      Object.entries(tasks).flatMap(([id, { recurs }]) =>
        id === taskId || recurs === undefined ? [] : [recurs.title],
      ),
    );
    return new Set(titles);
  }

  /** Other recurring tasks as they were, if they show another date now, or none. */
  #othersMovedOn(taskId: string): KnownTask[] {
    return Object.entries(this.#before.tasks).flatMap(([id, known]) => {
      const hasMoved = known.recurs !== undefined && known.recurs.at !== this.#tasks[id]?.recurs?.at;
      return hasMoved && id !== taskId ? [known] : [];
    });
  }

  #isReported(id: string): boolean {
    return this.#before.completed.includes(id) || this.#completedIds.includes(id);
  }

  #created(task: Task): void {
    if (this.#before.completed.includes(task.id)) this.#events.push(taskUpdate(task, ['status'], REOPENED));
    else this.#events.push(aboutTask('task.created', task, task.createdTime));
  }

  #completed(task: Task, recurringTaskId?: string): void {
    this.#completedIds.push(task.id);
    this.#events.push({
      ...aboutTask('task.completed', task, task.completedTime),
      ...(recurringTaskId !== undefined && { recurringTaskId }),
    });
  }

  #deleted(id: string, projectId: string, etag = ''): void {
    const type = 'task.deleted';
    const data = { id, projectId };
    this.#events.push({
      source: 'ticktick',
      type,
      id: `${id}/${etag}/${type}`,
      verified: true,
      data,
      raw: data,
    });
  }

  async #vanished(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    if (ids.every((id) => this.#before.tasks[id]?.isArchived)) {
      this.#keep(ids);
      return;
    }
    const completed = new Map((await this.#completedTasks.lately()).map((task) => [task.id, task]));
    const vanished = new Vanished(this.#call, this.#skipped);
    const lastRequest = this.#call.requests + MAX_LOOKUPS;
    for (const id of ids) {
      const known = this.#before.tasks[id];
      const task = completed.get(id);
      if (known === undefined) continue;
      if (task !== undefined) await this.#ended(known, task, () => this.#completed(task));
      else if (this.#call.requests < lastRequest) await this.#settle(vanished, id, known);
      else this.#tasks[id] = known;
    }
  }

  #keep(ids: readonly string[]): void {
    for (const id of ids) {
      const known = this.#before.tasks[id];
      if (known !== undefined) this.#tasks[id] = known;
    }
  }

  async #settle(vanished: Vanished, id: string, known: KnownTask): Promise<void> {
    const fate = await vanished.fateOf(id, known.projectId);
    if (fate.kind === 'completed') await this.#ended(known, fate.task, () => this.#completed(fate.task));
    else if (fate.kind === 'deleted') {
      const { projectId, task } = fate;
      await this.#ended(known, task, () => this.#deleted(id, projectId, known.etag));
    } else if (fate.kind === 'hidden' && known.isHidden) this.#deleted(id, fate.projectId, known.etag);
    else if (fate.kind === 'hidden') this.#tasks[id] = { ...known, isHidden: true };
    else if (fate.kind === 'unclear') this.#tasks[id] = known;
    else if (fate.isArchived && !this.#includesClosed) this.#tasks[id] = { ...known, isArchived: true };
    else await this.#reappeared(fate.task, known);
  }

  /** Tells what became of a task, after those of its occurrences that were completed before. */
  async #ended(before: KnownTask, task: Task | undefined, tell: () => void): Promise<void> {
    const isTold = task === undefined || (await this.#completedOccurrences({ before, task, changed: [] }));
    if (isTold) tell();
    else this.#tasks[task.id] = before;
  }

  /** It was moved, while projects were listed, from one that wasn't listed yet into one that was. */
  async #reappeared(task: Task, before: KnownTask): Promise<void> {
    this.#tasks[task.id] = knownTask(task);
    const snapshot = { tasks: { [task.id]: before }, completed: [] };
    const { created, changed } = compare(snapshot, [task]);
    for (const change of changed) await this.#changed(change);
    for (const one of created) this.#created(one);
  }
}

/** From when on, and what, is collected. */
export interface CollectOptions {
  /** Epoch milliseconds of the last poll. */
  since: number;
  /** What the list of open tasks left out. */
  skipped: readonly Skipped[];
  includeClosed?: boolean | undefined;
}

/** Everything that happened since the last poll, when the state of the account was `before`, and the open tasks are these now. */
export function collectChanges(
  call: TickTickCall,
  before: Snapshot,
  open: readonly Task[],
  options: CollectOptions,
): Promise<Changes> {
  return new Collector(call, before, options).collect(open);
}
