import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';
import type { KnownProjects } from '../tasks/known-projects.ts';
import type { Task } from '../tasks/task.ts';
import { checkedId } from '../transport/checked-id.ts';
import { expectArray, expectObject } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import type { Column, Project, ProjectData } from './project.ts';

function notFound(projectId: string): NotFoundError {
  return new NotFoundError(`TickTick has no project ${projectId}.`, { service: 'ticktick', status: 200 });
}

/** The user's lists. The inbox is none of them: ask for its {@link Projects.data} with the id `inbox`. */
export class Projects {
  readonly #transport: Transport;
  readonly #known: KnownProjects;

  constructor(transport: Transport, known: KnownProjects) {
    this.#transport = transport;
    this.#known = known;
  }

  /** Every project of the user, without the inbox. Scope `tasks:read`. */
  async list(options?: CallOptions): Promise<Project[]> {
    const name = 'projects.list';
    const answer = await this.#transport.send(
      { name, effect: 'read', method: 'GET', path: '/project' },
      options,
    );
    return expectArray<Project>(answer, ['id', 'name'], name);
  }

  /** One project. Throws {@link NotFoundError}, also for the inbox, which TickTick does not count as one. */
  async get(projectId: string, options?: CallOptions): Promise<Project> {
    const name = 'projects.get';
    const path = `/project/${checkedId(projectId, 'projectId')}`;
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    if (answer === undefined) throw notFound(projectId);
    return expectObject<Project>(answer, ['id', 'name'], name);
  }

  /**
   * A project with its open tasks and columns; `inbox` is the inbox. Throws {@link NotFoundError} for an unknown
   * one. Scope `tasks:read`.
   */
  async data(projectId: string, options?: CallOptions): Promise<ProjectData> {
    const data = await this.findData(projectId, options);
    if (data === undefined) throw notFound(projectId);
    return data;
  }

  /** As {@link Projects.data}, with `undefined` for an unknown project, for which TickTick answers 200 and `{}`. */
  async findData(projectId: string, options?: CallOptions): Promise<ProjectData | undefined> {
    const name = 'projects.data';
    const path = `/project/${checkedId(projectId, 'projectId')}/data`;
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    const data = expectObject<Partial<ProjectData>>(answer ?? {}, [], name);
    if (Object.keys(data).length === 0) return undefined;
    const tasks = expectArray<Task>(data.tasks ?? [], ['id', 'projectId'], name, 'tasks');
    for (const task of tasks) this.#known.remember(task);
    return { ...data, tasks, columns: expectArray<Column>(data.columns ?? [], ['id'], name, 'columns') };
  }
}
