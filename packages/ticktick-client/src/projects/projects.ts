import type { CallOptions } from '@context-sdk/oauth-core';
import type { Column } from '../columns/column.ts';
import type { KnownProjects } from '../tasks/known-projects.ts';
import type { Task } from '../tasks/task.ts';
import { checkedId } from '../input/checked-id.ts';
import { notFound } from '../transport/not-found.ts';
import type { Transport } from '../transport/transport.ts';
import type { Project, ProjectData, ProjectMember } from './project.ts';
import {
  checkNewProject,
  checkProjectChanges,
  pageQuery,
  type ProjectChanges,
  type ProjectInput,
  type ProjectPage,
} from './project-input.ts';

function pathOf(projectId: string): string {
  return `/project/${checkedId(projectId, 'projectId')}`;
}

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
    const { offset, limit, ...call } = options;
    const answer = await this.#transport.get('projects.list', '/project', call, pageQuery({ offset, limit }));
    return answer.list<Project>('id', 'name');
  }

  /** One project. Throws {@link NotFoundError}, also for the inbox, which TickTick does not count as one. */
  async get(projectId: string, options?: CallOptions): Promise<Project> {
    const path = pathOf(projectId);
    const answer = await this.#transport.get('projects.get', path, options);
    return answer.present(`project ${projectId}`).object<Project>('id', 'name');
  }

  /**
   * A project with its open tasks and columns; `inbox` is the inbox. Throws {@link NotFoundError} for an unknown
   * one. Scope `tasks:read`.
   */
  async data(projectId: string, options?: CallOptions): Promise<ProjectData> {
    const data = await this.findData(projectId, options);
    if (data === undefined) throw notFound(`project ${projectId}`, 200);
    return data;
  }

  /** As {@link Projects.data}, with `undefined` for an unknown project, for which TickTick answers 200 and `{}`. */
  async findData(projectId: string, options?: CallOptions): Promise<ProjectData | undefined> {
    const path = `${pathOf(projectId)}/data`;
    const answer = await this.#transport.get('projects.data', path, options);
    if (answer.value === undefined) return undefined;
    const data = answer.object<Partial<ProjectData>>();
    if (Object.keys(data).length === 0) return undefined;
    const tasks = answer.member('tasks', []).list<Task>('id', 'projectId');
    for (const task of tasks) this.#known.remember(task);
    return { ...data, tasks, columns: answer.member('columns', []).list<Column>('id') };
  }

  /** Who works in a project; `inbox` gives the user alone. Throws {@link NotFoundError}. Scope `tasks:read`. */
  async members(projectId: string, options?: CallOptions): Promise<ProjectMember[]> {
    const path = `${pathOf(projectId)}/members`;
    const answer = await this.#transport.get('projects.members', path, options);
    return answer.list<ProjectMember>('username');
  }

  /**
   * Creates a project. Throws {@link InvalidRequestError} for a name that TickTick would cut off. Never sent twice
   * on a lost answer: after one, the project may exist. Scope `tasks:write`.
   */
  async create(input: ProjectInput, options?: CallOptions): Promise<Project> {
    checkNewProject(input);
    const answer = await this.#transport.post('projects.create', 'unsafe', '/project', input, options);
    return answer.object<Project>('id', 'name');
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link NotFoundError} for an unknown project and for the
   * inbox, which can't be changed. Scope `tasks:write`.
   */
  async update(projectId: string, changes: ProjectChanges, options?: CallOptions): Promise<Project> {
    const path = pathOf(projectId);
    checkProjectChanges(changes);
    const answer = await this.#transport.post('projects.update', 'idempotent', path, changes, options);
    return answer.present(`project ${projectId}`).object<Project>('id', 'name');
  }

  /**
   * Deletes a project **and every task in it**: they are gone, or in the app's trash, and the Open API has no way
   * back. A project that is gone already is a success. Scope `tasks:write`.
   */
  async delete(projectId: string, options?: CallOptions): Promise<void> {
    const path = pathOf(projectId);
    await this.#transport.delete('projects.delete', path, options);
    this.#known.forgetProject(projectId);
  }
}
