import type { CallOptions, Listing } from '@context-sdk/oauth-core';
import { listing, oneDeadline } from '@context-sdk/oauth-core/client-kit';
import type { BulkOptions } from '../bulk/outcome.ts';
import { checkedSpan } from '../dates/span.ts';
import { checkSomeChange, checkText } from '../input/checked-fields.ts';
import { checkedId, checkedIds } from '../input/checked-id.ts';
import type { Projects } from '../projects/projects.ts';
import type { Transport } from '../transport/transport.ts';
import { unlessNotFound } from '../transport/unless-not-found.ts';
import { taskNotFound } from './answers.ts';
import { completeMany } from './bulk/complete-many.ts';
import { createMany } from './bulk/create-many.ts';
import { deleteMany } from './bulk/delete-many.ts';
import { moveMany, sendMoves, type TaskMove } from './bulk/move-many.ts';
import { NewTaskSender } from './bulk/new-tasks.ts';
import { runBulk } from './bulk/run-bulk.ts';
import type { TaskOutcome, TaskReceipt } from './bulk/task-outcome.ts';
import { type TaskUpdate, updateMany } from './bulk/update-many.ts';
import type { KnownProjects } from './known-projects.ts';
import { listCompleted } from './lists/list-completed.ts';
import { listFiltered } from './lists/list-filtered.ts';
import { listUndone } from './lists/list-undone.ts';
import { once } from './lists/once.ts';
import { checkedFilter, type TaskFilter } from './lists/task-filter.ts';
import { TaskLists } from './lists/task-lists.ts';
import type { TaskRange } from './lists/task-query.ts';
import { type TaskSearch, wireSearch } from './lists/task-search.ts';
import { type Task, type TaskRef, TaskStatus } from './task.ts';
import { type TaskChanges, type TaskInput, wireChanges, wireTask } from './task-input.ts';
import { type Located, TaskLocator } from './task-locator.ts';
import type { TaskRoutes } from './task-routes.ts';

/** What {@link Tasks} works with: the dialect's own routes, the Open API's, and the projects. */
export interface TaskParts {
  routes: TaskRoutes;
  official: Transport;
  projects: Projects;
  known: KnownProjects;
}

/** Tasks of every project and of the inbox. */
export class Tasks {
  readonly #routes: TaskRoutes;
  readonly #official: Transport;
  readonly #projects: Projects;
  readonly #known: KnownProjects;
  readonly #locator: TaskLocator;
  readonly #sender: NewTaskSender;

  constructor({ routes, official, projects, known }: TaskParts) {
    this.#routes = routes;
    this.#official = official;
    this.#projects = projects;
    this.#known = known;
    this.#locator = new TaskLocator(routes, known);
    this.#sender = new NewTaskSender(routes);
  }

  /**
   * Every open task, each once: in one request while there are fewer than 200, else project by project, since
   * TickTick cuts longer answers off without saying so. Scope `tasks:read`.
   */
  listAll(options?: CallOptions): Listing<Task> {
    return this.#listing((call) => this.#routes.open(call), options);
  }

  /**
   * Tasks completed in a span of time, newest first, each once, past the 200 of one answer. Throws
   * {@link UnexpectedResponseError} where over 200 of one project were completed in one second, which no query can
   * tell apart. Scope `tasks:read`.
   */
  listCompleted(range: TaskRange, options?: CallOptions): Listing<Task> {
    const span = checkedSpan(range);
    const projectIds = checkedIds(range.projectIds, 'projectIds');
    return this.#listing((call) => once(listCompleted(this.#lists(call), span, projectIds)), options);
  }

  /**
   * Open tasks of a span of time, in any order, each once: longer spans than TickTick's 14 days and answers of more
   * than 200 are asked for in parts. Which of a task's dates counts is not documented. Scope `tasks:read`.
   */
  undone(
    range: TaskRange & { taskIds?: readonly string[] | undefined },
    options?: CallOptions,
  ): Listing<Task> {
    const span = checkedSpan(range);
    const projectIds = checkedIds(range.projectIds, 'projectIds');
    const taskIds = checkedIds(range.taskIds, 'taskIds');
    return this.#listing(
      (call) => once(listUndone(this.#lists(call), span, { projectIds, taskIds })),
      options,
    );
  }

  /**
   * Tasks that fit, in any order, each once. Where TickTick's answer is cut off at 200 it is asked for in parts: by
   * project, status and priority, and in the end by routes without a cap. Scope `tasks:read`.
   */
  filter(filter: TaskFilter = {}, options?: CallOptions): Listing<Task> {
    const criteria = checkedFilter(filter);
    return this.#listing((call) => once(listFiltered(this.#lists(call), criteria)), options);
  }

  /** Tasks with these words in title or content. Scope `tasks:read`. */
  async search(search: TaskSearch, options?: CallOptions): Promise<Task[]> {
    const tasks = await this.#lists(options).search(wireSearch(search));
    return tasks.map((task) => this.#known.remember(task));
  }

  /**
   * One task. With its project it takes one request; by the id alone it is looked for where it was last seen,
   * among the open tasks, then in project after project: projects + 3 requests at most. Throws
   * {@link NotFoundError}. A deleted task stays readable: TickTick goes on answering with its last state. Scope
   * `tasks:read`.
   */
  async get(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#locator.get(ref, oneDeadline(options, 'ticktick'));
  }

  /** As {@link Tasks.get}, with `undefined` where there is no such task. */
  find(ref: TaskRef, options?: CallOptions): Promise<Task | undefined> {
    return unlessNotFound(this.get(ref, options));
  }

  /**
   * Creates a task, in the inbox where `projectId` is left out. Never sent twice on a lost answer: after a
   * {@link NetworkError} that was `sent`, or a {@link TimeoutError}, the task may exist. Scope `tasks:write`.
   */
  async create(input: TaskInput, options?: CallOptions): Promise<Task> {
    return this.#known.remember(await this.#routes.create(wireTask(input), options));
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link NotFoundError} where the id or the project is
   * wrong, for which TickTick answers 200 without content. Scope `tasks:write`.
   */
  async update(ref: TaskRef, changes: TaskChanges, options?: CallOptions): Promise<Task> {
    const wire = wireChanges(changes);
    checkSomeChange(wire);
    return await this.#update(ref, wire, options);
  }

  /**
   * Completes a task. A recurring one moves on to its next date, and a completed copy with an id of its own
   * stays behind; so this is never sent twice on a lost answer. TickTick does not say whether the task was
   * there. Scope `tasks:write`.
   */
  async complete(ref: TaskRef, options?: CallOptions): Promise<void> {
    const call = oneDeadline(options, 'ticktick');
    const { id, projectId } = await this.#locator.located(ref, call);
    const path = `/project/${projectId}/task/${id}/complete`;
    await this.#official.post('tasks.complete', 'unsafe', path, undefined, call);
  }

  /** Opens a completed task again. Its `completedTime` stays and means nothing any more. Scope `tasks:write`. */
  async reopen(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#update(ref, { status: TaskStatus.open }, options);
  }

  /**
   * Moves a task to another project; what it knew of its old column is gone. Throws {@link NotFoundError} where one of
   * the projects does not exist; TickTick does not say whether the task did. Scope `tasks:write`.
   */
  async move(ref: TaskRef, toProjectId: string, options: CallOptions = {}): Promise<TaskReceipt> {
    checkedId(toProjectId, 'toProjectId');
    const call = oneDeadline(options, 'ticktick') ?? options;
    const task = await this.#locator.located(ref, call);
    const moves = [{ index: 0, item: { ...task, task: ref, toProjectId } }];
    const [outcome] = await sendMoves(moves, this.#official, this.#known, call);
    if (outcome?.status !== 'ok') throw outcome?.error ?? taskNotFound(task.id);
    const { status: _, ...receipt } = outcome;
    return receipt;
  }

  /** Gives a task of a shared project to one of its members. Scope `tasks:write`. */
  async assign(ref: TaskRef, assigneeUsername: string, options?: CallOptions): Promise<Task> {
    checkText(assigneeUsername, 'assigneeUsername');
    return await this.#setAssignee(ref, 'assign', { assigneeUsername }, options);
  }

  /** Takes a task back from whoever it was assigned to. Scope `tasks:write`. */
  async unassign(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#setAssignee(ref, 'unassign', {}, options);
  }

  /**
   * Deletes a task, a recurring one with its whole series. There is no way back in the Open API. One that is gone
   * already is a success. Scope `tasks:write`.
   */
  async delete(ref: TaskRef, options?: CallOptions): Promise<void> {
    const call = oneDeadline(options, 'ticktick');
    await this.#delete(await this.#locator.located(ref, call), call);
  }

  /**
   * Creates any number of tasks, 50 to a request (20 in the guide's dialect), and gives one outcome per task, in
   * order. A task that can't be right is `failed` and keeps no other back. After a lost answer the tasks are
   * looked for: what can't be settled is `unknown`, and nothing is sent twice that could be created twice. An
   * abort keeps what is done and makes the rest `failed`. Scope `tasks:write`.
   */
  createMany(inputs: readonly TaskInput[], options: CallOptions & BulkOptions = {}): Promise<TaskOutcome[]> {
    return createMany(inputs, this.#routes, this.#sender, options);
  }

  /** Changes any number of tasks, 50 to a request (20 in the guide's dialect). Outcomes as {@link Tasks.createMany}. */
  updateMany(
    updates: readonly TaskUpdate[],
    options: CallOptions & BulkOptions = {},
  ): Promise<TaskOutcome[]> {
    return runBulk(updates, updateMany(this.#routes), this.#locator, options);
  }

  /**
   * Completes any number of tasks, 50 of a project to a request. Outcomes as {@link Tasks.createMany}; after a lost
   * answer a recurring task is `unknown`, since completing it twice would skip a date. Scope `tasks:write`.
   */
  completeMany(tasks: readonly TaskRef[], options: CallOptions & BulkOptions = {}): Promise<TaskOutcome[]> {
    return runBulk(tasks, completeMany(this.#official, this.#projects), this.#locator, options);
  }

  /** Moves any number of tasks, 50 to a request. Outcomes as {@link Tasks.createMany}, errors as {@link Tasks.move}. */
  moveMany(moves: readonly TaskMove[], options: CallOptions & BulkOptions = {}): Promise<TaskOutcome[]> {
    return runBulk(moves, moveMany(this.#official, this.#known), this.#locator, options);
  }

  /** Deletes any number of tasks, each in a request of its own. Outcomes as {@link Tasks.createMany}. */
  deleteMany(tasks: readonly TaskRef[], options: CallOptions & BulkOptions = {}): Promise<TaskOutcome[]> {
    return runBulk(
      tasks,
      deleteMany((task, call) => this.#delete(task, call)),
      this.#locator,
      options,
    );
  }

  #listing(
    tasks: (call: CallOptions | undefined) => AsyncIterable<Task>,
    options: CallOptions | undefined,
  ): Listing<Task> {
    const known = this.#known;
    return listing(async function* () {
      for await (const task of tasks(oneDeadline(options, 'ticktick'))) yield known.remember(task);
    });
  }

  #lists(options?: CallOptions): TaskLists {
    return new TaskLists(this.#official, this.#projects, options);
  }

  async #delete({ id, projectId }: Located, options?: CallOptions): Promise<void> {
    const path = `/project/${projectId}/task/${id}`;
    await this.#official.delete('tasks.delete', path, options);
    this.#known.forget(id);
  }

  async #setAssignee(
    ref: TaskRef,
    verb: 'assign' | 'unassign',
    assignee: { assigneeUsername?: string },
    options?: CallOptions,
  ): Promise<Task> {
    const call = oneDeadline(options, 'ticktick');
    const { id, projectId } = await this.#locator.located(ref, call);
    const json = { projectId, taskId: id, ...assignee };
    const answer = await this.#official.post(`tasks.${verb}`, 'idempotent', `/task/${verb}`, json, call);
    return this.#known.remember(answer.object<Task>('id', 'projectId'));
  }

  async #update(ref: TaskRef, wire: Record<string, unknown>, options?: CallOptions): Promise<Task> {
    const call = oneDeadline(options, 'ticktick');
    const { id, projectId } = await this.#locator.located(ref, call);
    return this.#known.remember(await this.#routes.update(id, { ...wire, id, projectId }, call));
  }
}
