import { type NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core/errors';
import { errors } from '../errors.ts';
import { checkedId, isId } from '../input.ts';
import type { Dialect, TickTickCall } from '../operations.ts';
import { listOpen, queryOpen } from './lists/list-open.ts';
import { allProjectIds, isOutOfReach } from './project-tasks.ts';
import { taskFrom } from './read-tasks.ts';
import type { ResolvedRef, Task, TaskRef } from './task.ts';

const MAX_KNOWN = 10_000;

/** Remembers in which project a task was last seen, for the last 10,000 tasks. */
export class KnownProjects {
  readonly #projects = new Map<string, string>();

  get(taskId: string): string | undefined {
    return this.#projects.get(taskId);
  }

  remember<T extends ResolvedRef>(task: T): T {
    this.#projects.delete(task.id);
    // A path names no other: what one response said would keep the task from being found.
    if (isId(task.projectId)) this.#projects.set(task.id, task.projectId);
    const [oldest] = this.#projects.size > MAX_KNOWN ? this.#projects.keys() : [];
    if (oldest !== undefined) this.#projects.delete(oldest);
    return task;
  }

  forget(taskId: string): void {
    this.#projects.delete(taskId);
  }

  forgetProject(projectId: string): void {
    for (const [taskId, project] of this.#projects) if (project === projectId) this.forget(taskId);
  }
}

/** `status` if a response said so. */
export function taskNotFound(id: string, status?: number): NotFoundError {
  return errors.notFound(`task ${id} there`, status);
}

/** Reads a task in its project; `projectId` is not needed in the guide's dialect. */
export async function readTask(id: string, projectId: string | undefined, call: TickTickCall): Promise<Task> {
  const response = await call.send('tasks.get', { params: { id, projectId } });
  if (response.value === undefined) throw taskNotFound(id, 200);
  return taskFrom(response);
}

/**
 * What a read gives, or undefined if the task or its project is out of reach: it can still be found elsewhere. `onUnclear` gets a
 * response that doesn't say so.
 */
async function unlessOutOfReach(
  task: Promise<Task>,
  onUnclear?: (error: UnexpectedResponseError) => void,
): Promise<Task | undefined> {
  try {
    return await task;
  } catch (error) {
    if (error instanceof UnexpectedResponseError) onUnclear?.(error);
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}

/** Turns the references of callers into tasks, and into what TickTick's routes require: an id and a project. */
export class TaskFinder {
  readonly #dialect: Dialect;
  readonly #known: KnownProjects;

  constructor(dialect: Dialect, known: KnownProjects) {
    this.#dialect = dialect;
    this.#known = known;
  }

  /** Throws {@link InvalidRequestError} naming the field; `at` precedes its name. */
  checked(ref: TaskRef, at = ''): { id: string; projectId: string | undefined } {
    if (typeof ref === 'string') return { id: checkedId(ref, at || 'id'), projectId: this.#known.get(ref) };
    const prefix = at && `${at}.`;
    const id = checkedId(ref?.id, `${prefix}id`);
    if (!this.#dialect.hasProjects) return { id, projectId: ref.projectId };
    return {
      id,
      projectId: checkedId(ref?.projectId, `${prefix}projectId`),
    };
  }

  async get(ref: TaskRef, call: TickTickCall): Promise<Task> {
    const task =
      typeof ref === 'string'
        ? await this.#getById(ref, call)
        : await readTask(ref?.id, ref?.projectId, call);
    return this.#known.remember(task);
  }

  /**
   * Resolves a reference. A task given by its id alone is read first: if the task has left the project, TickTick answers a
   * completion or a deletion there with success, and does nothing.
   */
  async resolve(ref: TaskRef, call: TickTickCall): Promise<ResolvedRef> {
    if (!this.#dialect.hasProjects) {
      return { id: this.checked(ref).id, projectId: '' };
    }
    if (typeof ref === 'string') return await this.get(ref, call);
    return { id: this.checked(ref).id, projectId: ref.projectId };
  }

  /** The task that an id alone stands for; undefined where an id is enough. `open` are tasks that are known already. */
  async taskOf(
    ref: TaskRef,
    open: ReadonlyMap<string, Task> | undefined,
    call: TickTickCall,
  ): Promise<Task | undefined> {
    if (typeof ref !== 'string' || !this.#dialect.hasProjects) return undefined;
    return open?.get(ref) ?? (await this.get(ref, call));
  }

  /** All open tasks by their ids: for callers with many ids and no projects. */
  async openTasks(call: TickTickCall): Promise<Map<string, Task>> {
    const tasks = new Map<string, Task>();
    if (!this.#dialect.hasProjects) return tasks;
    for await (const task of listOpen(this.#dialect, call)) tasks.set(task.id, task);
    return tasks;
  }

  #getById(taskId: string, call: TickTickCall): Promise<Task> {
    const { id, projectId } = this.checked(taskId);
    return this.#dialect.hasProjects ? this.#search(id, projectId, call) : readTask(id, undefined, call);
  }

  /**
   * TickTick has no route that finds a task by its id. Looks where the task was last seen, otherwise among the open tasks,
   * then in each project, which also finds completed and abandoned tasks: at most projects + 3 requests. What made no sense where
   * it was last seen doesn't say that it is gone.
   */
  async #search(id: string, lastSeenIn: string | undefined, call: TickTickCall): Promise<Task> {
    let unclear: UnexpectedResponseError | undefined;
    const likely =
      lastSeenIn === undefined
        ? (await queryOpen(call)).find((task) => task.id === id)
        : await unlessOutOfReach(readTask(id, lastSeenIn, call), (error) => (unclear = error));
    if (likely !== undefined) return likely;
    for (const projectId of await allProjectIds(call)) {
      if (projectId === lastSeenIn) continue;
      const task = await unlessOutOfReach(readTask(id, projectId, call));
      if (task !== undefined) return task;
    }
    throw unclear ?? taskNotFound(id);
  }
}
