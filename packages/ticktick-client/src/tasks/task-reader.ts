import type { CallOptions } from '@context-sdk/oauth-core';
import { listing, tellListener, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { Dialect, TickTickCall, TickTickService } from '../operations.ts';
import { LIST_OPTIONS, type ListOptions, onSkip, type Skipped } from '../skipped.ts';
import type { KnownProjects, TaskFinder } from './find-task.ts';
import { listOpen } from './lists/list-open.ts';
import { checkedRange, once, query, type TaskRange } from './lists/queries.ts';
import { checkedFilter, type TaskFilter } from './lists/task-filter.ts';
import type { TaskSearch } from './lists/task-search.ts';
import type { AllTasksOptions, OpenTaskOptions, TaskListing } from './task-listing.ts';
import type { Task, TaskRef } from './task.ts';

/** What methods of tasks work with. */
export interface TaskParts {
  service: TickTickService;
  dialect: Dialect;
  known: KnownProjects;
  finder: TaskFinder;
}

/** The methods that read tasks. */
export class TaskReader {
  readonly #service: TickTickService;
  readonly #dialect: Dialect;
  readonly #known: KnownProjects;
  readonly #finder: TaskFinder;

  constructor({ service, dialect, known, finder }: TaskParts) {
    this.#service = service;
    this.#dialect = dialect;
    this.#known = known;
    this.#finder = finder;
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
  listAll(given?: AllTasksOptions): TaskListing {
    const { completed, ...options } = given ?? {};
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
    const { span, projectIds } = checkedRange(range);
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
    const { span, ...scope } = checkedRange(range, { taskIds: 'list' });
    return this.#listing(options, async (call) => {
      const { listDue } = await import('./lists/list-due.ts');
      return once(listDue(span, scope, call));
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
        tellListener(options?.onSkipped, entry);
      });
      for await (const task of await tasksOf(call)) yield known.remember(task);
    });
    return Object.assign(tasks, { skipped });
  }
}
