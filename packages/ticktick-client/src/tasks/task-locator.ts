import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { unlessNotFound } from '../transport/unless-not-found.ts';
import type { KnownProjects } from './known-projects.ts';
import type { Task, TaskRef } from './task.ts';
import type { TaskRoutes } from './task-routes.ts';

/** A task with the project that it is, or was last seen, in. */
export interface Located {
  id: string;
  projectId: string;
}

/** Turns what callers name tasks by into what TickTick's routes ask for. */
export class TaskLocator {
  readonly #routes: TaskRoutes;
  readonly #known: KnownProjects;

  constructor(routes: TaskRoutes, known: KnownProjects) {
    this.#routes = routes;
    this.#known = known;
  }

  /** Throws {@link InvalidRequestError} naming the field; `at` stands before its name. */
  checked(ref: TaskRef, at = ''): { id: string; projectId: string | undefined } {
    if (typeof ref === 'string') return { id: checkedId(ref, at || 'id'), projectId: this.#known.get(ref) };
    const prefix = at && `${at}.`;
    return {
      id: checkedId(ref?.id, `${prefix}id`),
      projectId: checkedId(ref?.projectId, `${prefix}projectId`),
    };
  }

  async get(ref: TaskRef, options?: CallOptions): Promise<Task> {
    const { id, projectId } = this.checked(ref);
    if (typeof ref !== 'string' && projectId !== undefined) {
      return this.#known.remember(await this.#routes.get(id, projectId, options));
    }
    const seen = projectId && (await unlessNotFound(this.#routes.get(id, projectId, options)));
    return this.#known.remember(seen || (await this.#routes.locate(id, projectId, options)));
  }

  /**
   * Where a task is. One named by its id alone is read first: TickTick answers a completion or a deletion in a project
   * that the task has left since with success, and does nothing.
   */
  async located(ref: TaskRef, options?: CallOptions): Promise<Located> {
    if (typeof ref === 'string') return await this.get(ref, options);
    const { id } = this.checked(ref);
    return { id, projectId: ref.projectId };
  }

  /** Where all open tasks are now, by their ids: for callers with many ids and no projects. */
  async openNow(options?: CallOptions): Promise<Map<string, string>> {
    const projects = new Map<string, string>();
    for await (const { id, projectId } of this.#routes.open(options)) projects.set(id, projectId);
    return projects;
  }
}
