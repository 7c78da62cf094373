import type { CallOptions } from '@context-sdk/oauth-core';
import type { Column } from '../columns/column.ts';
import type { KnownProjects } from '../tasks/known-projects.ts';
import type { Task } from '../tasks/task.ts';
import { checkedId } from '../transport/checked-id.ts';
import { expectArray, expectObject } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import { present } from './present.ts';
import type { Project, ProjectData, ProjectMember } from './project.ts';
import {
  checkNewProject,
  checkProjectChanges,
  pageQuery,
  type ProjectChanges,
  type ProjectInput,
  type ProjectPage,
} from './project-input.ts';

/** The user's lists. The inbox is none of them: ask for its {@link Projects.data} with the id `inbox`. */
export class Projects {
  readonly #transport: Transport;
  readonly #known: KnownProjects;

  constructor(transport: Transport, known: KnownProjects) {
    this.#transport = transport;
    this.#known = known;
  }

  /**
   * Every project of the user, without the inbox, in one request; with `offset` or `limit` only that part of
   * them. TickTick does not tell how many there are: a page shorter than `limit` is the last. Scope `tasks:read`.
   * `offset` and `limit` are documented; no live answer to them is on record.
   */
  async list(options: CallOptions & ProjectPage = {}): Promise<Project[]> {
    const name = 'projects.list';
    const { offset, limit, ...call } = options;
    const searchParams = pageQuery({ offset, limit });
    const answer = await this.#transport.send(
      { name, effect: 'read', method: 'GET', path: '/project', ...(searchParams && { searchParams }) },
      call,
    );
    return expectArray<Project>(answer, ['id', 'name'], name);
  }

  /** One project. Throws {@link NotFoundError}, also for the inbox, which TickTick does not count as one. */
  async get(projectId: string, options?: CallOptions): Promise<Project> {
    const name = 'projects.get';
    const path = `/project/${checkedId(projectId, 'projectId')}`;
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectObject<Project>(present(answer, `project ${projectId}`), ['id', 'name'], name);
  }

  /**
   * A project with its open tasks and columns; `inbox` is the inbox. Throws {@link NotFoundError} for an unknown
   * one. Scope `tasks:read`.
   */
  async data(projectId: string, options?: CallOptions): Promise<ProjectData> {
    return present(await this.findData(projectId, options), `project ${projectId}`);
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

  /** Who works in a project; `inbox` gives the user alone. Throws {@link NotFoundError}. Scope `tasks:read`. */
  async members(projectId: string, options?: CallOptions): Promise<ProjectMember[]> {
    const name = 'projects.members';
    const path = `/project/${checkedId(projectId, 'projectId')}/members`;
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectArray<ProjectMember>(answer, ['username'], name);
  }

  /**
   * Creates a project. Throws {@link InvalidRequestError} for a name that TickTick would cut off. Never sent twice
   * on a lost answer: after one, the project may exist. Scope `tasks:write`.
   */
  async create(input: ProjectInput, options?: CallOptions): Promise<Project> {
    const name = 'projects.create';
    checkNewProject(input);
    const answer = await this.#transport.send(
      { name, effect: 'write', method: 'POST', path: '/project', json: input },
      options,
    );
    return expectObject<Project>(answer, ['id', 'name'], name);
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link NotFoundError} for an unknown project and for the
   * inbox, which can't be changed. Scope `tasks:write`.
   */
  async update(projectId: string, changes: ProjectChanges, options?: CallOptions): Promise<Project> {
    const name = 'projects.update';
    const path = `/project/${checkedId(projectId, 'projectId')}`;
    checkProjectChanges(changes);
    const answer = await this.#transport.send(
      { name, effect: 'idempotent', method: 'POST', path, json: changes },
      options,
    );
    return expectObject<Project>(present(answer, `project ${projectId}`), ['id', 'name'], name);
  }

  /**
   * Deletes a project **and every task in it**: they are gone, or in the app's trash, and the Open API has no way
   * back. A project that is gone already is a success. Scope `tasks:write`.
   */
  async delete(projectId: string, options?: CallOptions): Promise<void> {
    const path = `/project/${checkedId(projectId, 'projectId')}`;
    await this.#transport.send(
      { name: 'projects.delete', effect: 'idempotent', method: 'DELETE', path },
      options,
    );
  }
}
