import type * as actions from './actions/task-actions.ts';
import type { ItemOptions } from './actions/checklist.ts';
import type { Task, TaskRef } from './task.ts';

type Actions = actions.TaskActions;

/**
 * The items of a task's checklist. TickTick replaces the whole list with every change. So each method reads the list, changes
 * it, and looks whether the change is there; changes of one client wait for each other, and with `store`, those of all
 * processes that share it. All throw {@link NotFoundError} for an unknown item, and {@link ConflictError} if other changes keep
 * overwriting this one. Scopes `tasks:read` and `tasks:write`.
 */
export class TaskItems {
  readonly #load: () => Promise<[Actions, typeof actions]>;

  constructor(load: () => Promise<[Actions, typeof actions]>) {
    this.#load = load;
  }

  /** Adds open items at the end, and returns the task. */
  async add(task: TaskRef, titles: string | readonly string[], options?: ItemOptions): Promise<Task> {
    const [loaded, { addition }] = await this.#load();
    return await loaded.changeItems(task, addition([titles].flat()), options);
  }

  /** Marks an item as done, and returns the task. */
  async check(task: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    return await this.#edit(task, itemId, { status: 1 }, options);
  }

  /** Marks an item as open, and returns the task. */
  async uncheck(task: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    return await this.#edit(task, itemId, { status: 0 }, options);
  }

  /** Gives an item another title, and returns the task. */
  async rename(task: TaskRef, itemId: string, title: string, options?: ItemOptions): Promise<Task> {
    return await this.#edit(task, itemId, { title }, options);
  }

  /** Removes an item, and returns the task. Succeeds if it is already removed. */
  async remove(task: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    const [loaded, { removal }] = await this.#load();
    return await loaded.changeItems(task, removal(itemId), options);
  }

  async #edit(
    task: TaskRef,
    itemId: string,
    fields: { title?: string; status?: number },
    options: ItemOptions | undefined,
  ): Promise<Task> {
    const [loaded, { edit }] = await this.#load();
    return await loaded.changeItems(task, edit(itemId, fields), options);
  }
}
