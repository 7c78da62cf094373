import type { CallOptions } from '@context-sdk/oauth-core';
import { type BulkOptions, loadedOnce } from '@context-sdk/oauth-core/client-kit';
import type { Dialect, TickTickService } from '../operations.ts';
import type { Completion } from './actions/complete-task.ts';
import type { TreeOutcome } from './actions/create-tree.ts';
import type { TaskState } from './actions/look-at-task.ts';
import type { MovedTask } from './actions/move-family.ts';
import type { MoveOptions, TaskActions, WriteOptions } from './actions/task-actions.ts';
import type { TreeTask } from './actions/tree-nodes.ts';
import type { BulkTasks } from './bulk/bulk-tasks.ts';
import type { TaskMove } from './bulk/move-many.ts';
import type { TaskOutcome } from './bulk/task-outcome.ts';
import type { TaskUpdate } from './bulk/update-many.ts';
import { type KnownProjects, TaskFinder } from './find-task.ts';
import type { TaskChanges, TaskInput } from './task-input.ts';
import { TaskItems } from './task-items.ts';
import { type TaskParts, TaskReader } from './task-reader.ts';
import type { Task, TaskRef } from './task.ts';

/** Tasks of every project and of the inbox. */
export class Tasks extends TaskReader {
  /** The items of checklists. */
  readonly items: TaskItems;
  readonly #parts: TaskParts;
  /** With the first write, which reading doesn't need. */
  readonly #write = loadedOnce(async (): Promise<TaskActions> => {
    const { TaskActions: Loaded } = await import('./actions/task-actions.ts');
    return new Loaded({ ...this.#parts, loadBulk: this.#loadBulk });
  });
  /** On first use, as the change feed is: a client that changes single tasks doesn't need it. */
  readonly #loadBulk = loadedOnce(async (): Promise<BulkTasks> => {
    const { BulkTasks: Loaded } = await import('./bulk/bulk-tasks.ts');
    const { writer } = await this.#write();
    return new Loaded({ ...this.#parts, writer });
  });

  constructor(service: TickTickService, dialect: Dialect, known: KnownProjects) {
    const parts = { service, dialect, known, finder: new TaskFinder(dialect, known) };
    super(parts);
    this.#parts = parts;
    this.items = new TaskItems(() => this.#write());
  }

  /**
   * Creates a task, by default in the inbox. Not retried if the response is lost: after a {@link NetworkError} that was
   * `sent`, a {@link TimeoutError}, an {@link UnexpectedResponseError} or a `status` of 500 and more, the task may exist. With a
   * `completedTime`, TickTick may take a second request; if that fails, the {@link ApiError} has the task in `details.created`.
   * Scope `tasks:write`.
   */
  async create(input: TaskInput, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).create(input, options);
  }

  /**
   * Creates tasks with subtasks, any number of levels deep, level by level, and returns one outcome per task. A parent is
   * `children`'s own task, a `ref`, or the id of an open task of the project, which is looked up first. TickTick can ignore the
   * parent of a new task: that is looked up, one request per project, and mended. Scopes `tasks:read` and `tasks:write`.
   */
  async createTree(tree: readonly TreeTask[], options?: CallOptions): Promise<TreeOutcome[]> {
    return await (await this.#write()).createTree(tree, options);
  }

  /**
   * Changes the given fields; other fields stay as they are. Throws {@link NotFoundError} if the id or the project is wrong,
   * for which TickTick answers 200 without content. Scope `tasks:write`; with a `columnId`, which is looked up first, also
   * `tasks:read`.
   */
  async update(ref: TaskRef, changes: TaskChanges, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).update(ref, changes, options);
  }

  /**
   * Completes a task. A recurring one moves to its next date, and a completed copy with its own id stays behind; so this is
   * not retried if the response is lost. TickTick doesn't say whether the task existed: `verify` does. Of a task that is known
   * to recur, `advancedTo` has the next dates, which takes one more request. Scope `tasks:write`, and `tasks:read` to look.
   */
  async complete(ref: TaskRef, options?: WriteOptions): Promise<Completion> {
    return await (await this.#write()).complete(ref, options);
  }

  /**
   * Moves a recurring task to its next date without completing it. A task without a zone is in the account's, which takes one more
   * request. Throws {@link InvalidRequestError} if there is no next date, or if only TickTick can calculate it, as in a zone that this
   * runtime doesn't know. Scopes `tasks:read` and `tasks:write`.
   */
  async skip(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).skip(ref, options);
  }

  /** Marks a task as one that the user won't do, with the time, as the apps do. Scope `tasks:write`. */
  async abandon(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).abandon(ref, options);
  }

  /**
   * Reopens a completed or abandoned task. Its `completedTime` stays, but is no longer valid. Scope `tasks:write`.
   */
  async reopen(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).reopen(ref, options);
  }

  /**
   * Moves a task to another project; it loses its column and its parent, and leaves its subtasks behind, unless `descendants`
   * takes them along. Throws {@link NotFoundError} if one of the projects doesn't exist; TickTick doesn't say whether the task
   * did: `verify` does. Scope `tasks:write`, and `tasks:read` to look.
   */
  async move(ref: TaskRef, toProjectId: string, options?: MoveOptions): Promise<MovedTask> {
    return await (await this.#write()).move(ref, toProjectId, options);
  }

  /** The open subtasks of a task, in the app's order. One request. Scope `tasks:read`. */
  async children(ref: TaskRef, options?: CallOptions): Promise<Task[]> {
    return await (await this.#write()).children(ref, options);
  }

  /**
   * Makes an open task a subtask of another task of its project, and verifies it, since TickTick silently drops a parent that
   * can't be. Throws {@link InvalidRequestError} for a parent of another project, or below the task. Scopes `tasks:read` and
   * `tasks:write`.
   */
  async attach(ref: TaskRef, parent: TaskRef, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).attach(ref, parent, options);
  }

  /** Takes a task from its parent, and verifies it. Scope `tasks:write`. */
  async detach(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).detach(ref, options);
  }

  /** Assigns a task of a shared project to one of its members. Scope `tasks:write`. */
  async assign(ref: TaskRef, assigneeUsername: string, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).assign(ref, assigneeUsername, options);
  }

  /** Removes the assignee of a task. Scope `tasks:write`. */
  async unassign(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await (await this.#write()).unassign(ref, options);
  }

  /**
   * Deletes a task, and the whole series of a recurring one. The Open API can't undo this. Succeeds if the task is already
   * deleted. With `verify`, returns what TickTick shows afterwards. Scope `tasks:write`, and `tasks:read` to look.
   */
  async delete(ref: TaskRef, options?: WriteOptions): Promise<TaskState | undefined> {
    return await (await this.#write()).delete(ref, options);
  }

  /**
   * Creates any number of tasks, 50 per request (20 in the guide's dialect), and returns one outcome per task, in order. An
   * invalid task is `failed` and doesn't affect the others. If a response is lost, the tasks are looked up: what can't be
   * settled is `unknown`, and nothing is sent again that could be created twice. After an abort, completed tasks keep their
   * outcome and the rest are `failed`. Scope `tasks:write`.
   */
  async createMany(
    inputs: readonly TaskInput[],
    options?: CallOptions & BulkOptions,
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).create(inputs, options ?? {});
  }

  /** Changes any number of tasks, 50 per request (20 in the guide's dialect). Outcomes as {@link Tasks.createMany}. */
  async updateMany(
    updates: readonly TaskUpdate[],
    options?: CallOptions & BulkOptions,
  ): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).update(updates, options ?? {});
  }

  /**
   * Completes any number of tasks, 50 of a project per request. Outcomes as {@link Tasks.createMany}; if a response is lost,
   * a recurring task is `unknown`, since completing it twice would skip a date. Scope `tasks:write`.
   */
  async completeMany(tasks: readonly TaskRef[], options?: CallOptions & BulkOptions): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).complete(tasks, options ?? {});
  }

  /** Moves any number of tasks, 50 per request. Outcomes as {@link Tasks.createMany}, errors as {@link Tasks.move}. */
  async moveMany(moves: readonly TaskMove[], options?: CallOptions & BulkOptions): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).move(moves, options ?? {});
  }

  /** Deletes any number of tasks, each in its own request. Outcomes as {@link Tasks.createMany}. */
  async deleteMany(tasks: readonly TaskRef[], options?: CallOptions & BulkOptions): Promise<TaskOutcome[]> {
    return await (await this.#loadBulk()).delete(tasks, options ?? {});
  }
}
