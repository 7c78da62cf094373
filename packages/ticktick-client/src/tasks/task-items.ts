import type { ItemOptions } from './actions/checklist.ts';
import type { TaskActions } from './actions/task-actions.ts';
import type { Task, TaskRef } from './task.ts';

/**
 * The items of a task's checklist. TickTick replaces the whole list with every change. So each method reads the list, changes
 * it, and looks whether the change is there; changes of one client wait for each other, and with `store`, those of all
 * processes that share it. All throw {@link NotFoundError} for an unknown item, and {@link ConflictError} if other changes keep
 * overwriting this one. Scopes `tasks:read` and `tasks:write`.
 */
export class TaskItems {
  readonly #load: () => Promise<TaskActions>;

  constructor(load: () => Promise<TaskActions>) {
    this.#load = load;
  }

  /** Adds open items at the end, and returns the task. */
  async add(task: TaskRef, titles: string | readonly string[], options?: ItemOptions): Promise<Task> {
    return await (await this.#load()).addItems(task, [titles].flat(), options);
  }

  /** Marks an item as done, and returns the task. */
  async check(task: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    return await (await this.#load()).editItem(task, itemId, { status: 1 }, options);
  }

  /** Marks an item as open, and returns the task. */
  async uncheck(task: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    return await (await this.#load()).editItem(task, itemId, { status: 0 }, options);
  }

  /** Gives an item another title, and returns the task. */
  async rename(task: TaskRef, itemId: string, title: string, options?: ItemOptions): Promise<Task> {
    return await (await this.#load()).editItem(task, itemId, { title }, options);
  }

  /** Removes an item, and returns the task. Succeeds if it is already removed. */
  async remove(task: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    return await (await this.#load()).removeItem(task, itemId, options);
  }
}
