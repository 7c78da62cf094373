import type { CallOptions } from '@context-sdk/oauth-core';
import { type BulkOptions, listing, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { checkedSpan } from '../dates/date-input.ts';
import { checkedId, checkedIds, checkSomeChange, checkText } from '../input.ts';
import type { Dialect, TickTickCall, TickTickService } from '../operations.ts';
import { LIST_OPTIONS, type ListOptions, onSkip, type Skipped } from '../skipped.ts';
import type { BulkTasks } from './bulk/bulk-tasks.ts';
import type { TaskMove } from './bulk/move-many.ts';
import type { TaskOutcome, TaskReceipt } from './bulk/task-outcome.ts';
import type { TaskUpdate } from './bulk/update-many.ts';
import { type KnownProjects, TaskFinder } from './find-task.ts';
import { listOpen } from './lists/list-open.ts';
import { once, query, type TaskRange } from './lists/queries.ts';
import { checkedFilter, type TaskFilter } from './lists/task-filter.ts';
import type { TaskSearch } from './lists/task-search.ts';
import type * as inputs from './task-input.ts';
import type { TaskChanges, TaskInput } from './task-input.ts';
import type { AllTasksOptions, OpenTaskOptions, TaskListing } from './task-listing.ts';
import { TaskWriter } from './task-writer.ts';
import { type Task, type TaskRef, TaskStatus } from './task.ts';

/** Loaded with the first write: a twelfth of the client, which reading doesn't need. */
function loadInputs(): Promise<typeof inputs> {
  return import('./task-input.ts');
}

/** Tasks of every project and of the inbox. */
export class Tasks {
  readonly #service: TickTickService;
  readonly #dialect: Dialect;
  readonly #known: KnownProjects;
  readonly #finder: TaskFinder;
  readonly #writer: TaskWriter;
  #bulk: Promise<BulkTasks> | undefined;

  constructor(service: TickTickService, dialect: Dialect, known: KnownProjects) {
    this.#service = service;
    this.#dialect = dialect;
    this.#known = known;
    this.#finder = new TaskFinder(dialect, known);
    this.#writer = new TaskWriter(this.#finder, known);
  }

  /**
   * Every open task, each once: one request below 200, otherwise one per project, since TickTick silently cuts longer
   * responses off. A project that is out of reach is skipped, here and in the other lists: see `skipped`. Scope `tasks:read`.
   */
  listOpen(options?: OpenTaskOptions): TaskListing {
    const { includeClosed, ...listOptions } = options ?? {};
    return this.#listing(listOptions, (call) => listOpen(this.#dialect, call, includeClosed));
  }

  /**
   * Every task, each once: the open ones as {@link Tasks.listOpen}, and with `completed` those that were ever completed. At a
   * gateway of the guide's dialect, which lists both, this takes one request. Scope `tasks:read`.
   */
  listAll({ completed, ...options }: AllTasksOptions = {}): TaskListing {
    if (!completed) return this.listOpen(options);
    return this.#listing(options, async (call) => {
      const { listAll } = await import('./lists/list-all.ts');
      return once(listAll(this.#dialect, call));
    });
  }

  /**
   * Tasks completed in a range of time, newest first, each once, also beyond the 200 of one response. Throws
   * {@link UnexpectedResponseError} if more than 200 tasks of one project were completed in the same second, since no query
   * can separate them. Scope `tasks:read`.
   */
  listCompleted(range: TaskRange, options?: ListOptions): TaskListing {
    const span = checkedSpan(range);
    const projectIds = checkedIds(range.projectIds, 'projectIds');
    return this.#listing(options, async (call) => {
      const { listCompleted } = await import('./lists/list-completed.ts');
      return once(listCompleted(span, projectIds, call));
    });
  }

  /**
   * Open tasks in a range of time, in any order, each once. Ranges longer than TickTick's 14 days and responses of more than
   * 200 tasks are requested in parts. Which of a task's dates counts is not documented. Scope `tasks:read`.
   */
  listDue(
    range: TaskRange & { taskIds?: readonly string[] | undefined },
    options?: ListOptions,
  ): TaskListing {
    const span = checkedSpan(range);
    const projectIds = checkedIds(range.projectIds, 'projectIds');
    const taskIds = checkedIds(range.taskIds, 'taskIds');
    return this.#listing(options, async (call) => {
      const { listDue } = await import('./lists/list-due.ts');
      return once(listDue(span, { projectIds, taskIds }, call));
    });
  }

  /**
   * Tasks that match, in any order, each once. If TickTick cuts its response off at 200, the tasks are requested in parts: by
   * project, status and priority, and finally from routes without a cap. Scope `tasks:read`.
   */
  filter(filter: TaskFilter = {}, options?: ListOptions): TaskListing {
    const criteria = checkedFilter(filter);
    return this.#listing(options, async (call) => {
      const { listFiltered } = await import('./lists/list-filtered.ts');
      return once(listFiltered(criteria, call));
    });
  }

  /** Tasks with these words in title or content. Scope `tasks:read`. */
  async search(search: TaskSearch, options?: CallOptions): Promise<Task[]> {
    const { wireSearch } = await import('./lists/task-search.ts');
    const json = wireSearch(search);
    const tasks = await query('tasks.search', json, this.#service.call(options));
    return tasks.map((task) => this.#known.remember(task));
  }

  /**
   * One task. With its project, this takes one request. By the id alone, the task is searched where it was last seen, among
   * the open tasks, and then in each project: at most projects + 3 requests. Throws {@link NotFoundError}. A deleted task
   * can still be read: TickTick returns its last state. Scope `tasks:read`.
   */
  async get(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#finder.get(ref, this.#service.call(options));
  }

  /** As {@link Tasks.get}, but `undefined` if there is no such task. */
  find(ref: TaskRef, options?: CallOptions): Promise<Task | undefined> {
    return unlessNotFound(this.get(ref, options));
  }

  /**
   * Creates a task, by default in the inbox. Not retried if the response is lost: after a {@link NetworkError} that was
   * `sent`, a {@link TimeoutError} or an {@link UnexpectedResponseError}, the task may exist. Scope `tasks:write`.
   */
  async create(input: TaskInput, options?: CallOptions): Promise<Task> {
    const { wireTask } = await loadInputs();
    return await this.#writer.create(wireTask(input), this.#service.call(options));
  }

  /**
   * Changes the given fields; other fields stay as they are. Throws {@link NotFoundError} if the id or the project is wrong,
   * for which TickTick answers 200 without content. Scope `tasks:write`.
   */
  async update(ref: TaskRef, changes: TaskChanges, options?: CallOptions): Promise<Task> {
    const { wireChanges } = await loadInputs();
    checkSomeChange(wireChanges(changes, '', ref));
    const call = this.#service.call(options);
    const task = typeof ref === 'string' ? await this.#finder.resolve(ref, call) : ref;
    return await this.#writer.update(task, wireChanges(changes, '', task), call);
  }

  /**
   * Completes a task. A recurring one moves to its next date, and a completed copy with its own id stays behind; so this is
   * not retried if the response is lost. TickTick doesn't say whether the task existed. Scope `tasks:write`.
   */
  async complete(ref: TaskRef, options?: CallOptions): Promise<void> {
    await this.#writer.complete(ref, this.#service.call(options));
  }

  /** Reopens a completed task. Its `completedTime` stays, but is no longer valid. Scope `tasks:write`. */
  async reopen(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#writer.update(ref, { status: TaskStatus.open }, this.#service.call(options));
  }

  /**
   * Moves a task to another project; it loses its column. Throws {@link NotFoundError} if one of the projects doesn't exist;
   * TickTick doesn't say whether the task did. Scope `tasks:write`.
   */
  async move(ref: TaskRef, toProjectId: string, options?: CallOptions): Promise<TaskReceipt> {
    checkedId(toProjectId, 'toProjectId');
    return await this.#writer.move(ref, toProjectId, this.#service.call(options));
  }

  /** Assigns a task of a shared project to one of its members. Scope `tasks:write`. */
  async assign(ref: TaskRef, assigneeUsername: string, options?: CallOptions): Promise<Task> {
    checkText(assigneeUsername, 'assigneeUsername');
    return await this.#writer.assign(ref, assigneeUsername, this.#service.call(options));
  }

  /** Removes the assignee of a task. Scope `tasks:write`. */
  async unassign(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#writer.assign(ref, undefined, this.#service.call(options));
  }

  /**
   * Deletes a task, and the whole series of a recurring one. The Open API can't undo this. Succeeds if the task is already
   * deleted. Scope `tasks:write`.
   */
  async delete(ref: TaskRef, options?: CallOptions): Promise<void> {
    const call = this.#service.call(options);
    await this.#writer.delete(await this.#finder.resolve(ref, call), call);
  }

  /**
   * Creates any number of tasks, 50 per request (20 in the guide's dialect), and returns one outcome per task, in order. An
   * invalid task is `failed` and doesn't affect the others. If a response is lost, the tasks are looked up: what can't be
   * settled is `unknown`, and nothing is sent again that could be created twice. After an abort, completed tasks keep their
   * outcome and the rest are `failed`. Scope `tasks:write`.
   */
  async createMany(
    inputs: readonly TaskInput[],
    options: CallOptions & BulkOptions = {},
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).create(inputs, options);
  }

  /** Changes any number of tasks, 50 per request (20 in the guide's dialect). Outcomes as {@link Tasks.createMany}. */
  async updateMany(
    updates: readonly TaskUpdate[],
    options: CallOptions & BulkOptions = {},
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).update(updates, options);
  }

  /**
   * Completes any number of tasks, 50 of a project per request. Outcomes as {@link Tasks.createMany}; if a response is lost,
   * a recurring task is `unknown`, since completing it twice would skip a date. Scope `tasks:write`.
   */
  async completeMany(
    tasks: readonly TaskRef[],
    options: CallOptions & BulkOptions = {},
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).complete(tasks, options);
  }

  /** Moves any number of tasks, 50 per request. Outcomes as {@link Tasks.createMany}, errors as {@link Tasks.move}. */
  async moveMany(
    moves: readonly TaskMove[],
    options: CallOptions & BulkOptions = {},
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).move(moves, options);
  }

  /** Deletes any number of tasks, each in its own request. Outcomes as {@link Tasks.createMany}. */
  async deleteMany(
    tasks: readonly TaskRef[],
    options: CallOptions & BulkOptions = {},
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).delete(tasks, options);
  }

  /** Loaded on first use, as the change feed is: a client that changes single tasks doesn't need it. */
  #loadBulk(): Promise<BulkTasks> {
    return (this.#bulk ??= import('./bulk/bulk-tasks.ts').then(
      ({ BulkTasks: Loaded }) =>
        new Loaded({
          service: this.#service,
          dialect: this.#dialect,
          known: this.#known,
          finder: this.#finder,
          writer: this.#writer,
        }),
    ));
  }

  /** Lists that need code of their own load it on first use. */
  #listing(
    options: ListOptions | undefined,
    tasksOf: (call: TickTickCall) => AsyncIterable<Task> | Promise<AsyncIterable<Task>>,
  ): TaskListing {
    const service = this.#service;
    const known = this.#known;
    const skipped: Skipped[] = [];
    const tasks = listing(async function* () {
      const call = service.call(options, LIST_OPTIONS);
      skipped.length = 0;
      onSkip(call, (entry) => {
        skipped.push(entry);
        options?.onSkipped?.(entry);
      });
      for await (const task of await tasksOf(call)) yield known.remember(task);
    });
    return Object.assign(tasks, { skipped });
  }
}
