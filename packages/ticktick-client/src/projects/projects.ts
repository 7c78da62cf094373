import type { CallOptions } from '@context-sdk/oauth-core';
import { type Column, COLUMN_FIELDS, COLUMN_TEXT } from '../columns/columns.ts';
import { errors, found } from '../errors.ts';
import { type FieldNames, withoutMisfits } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import { rowOf, rowsOf } from '../rows.ts';
import type { KnownProjects } from '../tasks/find-task.ts';
import { readContainer } from '../tasks/project-tasks.ts';
import {
  checkNewProject,
  checkProjectChanges,
  pageQuery,
  type ProjectChanges,
  type ProjectInput,
  type ProjectPage,
} from './project-input.ts';
import type { Project, ProjectData, ProjectMember } from './project.ts';

const FIELDS: FieldNames = {
  string: 'color groupId viewMode permission kind',
  number: 'sortOrder',
  boolean: 'closed',
};

/** The user's lists. The inbox isn't one of them: read its {@link Projects.data} with the id `inbox`. */
export class Projects {
  readonly #service: TickTickService;
  readonly #known: KnownProjects;

  constructor(service: TickTickService, known: KnownProjects) {
    this.#service = service;
    this.#known = known;
  }

  /**
   * Every project of the user, without the inbox, in one request; with `offset` or `limit`, only that part of them. TickTick
   * doesn't return the total: a page shorter than `limit` is the last. Scope `tasks:read`. `offset` and `limit` are
   * documented, but there is no recording of a response.
   */
  async list(options: CallOptions & ProjectPage = {}): Promise<Project[]> {
    const query = { ...pageQuery(options) };
    const response = await this.#service
      .call(options, { offset: 'number', limit: 'number' })
      .send('projects.list', { query });
    return rowsOf<Project>(response, 'id', FIELDS, 'name');
  }

  /** One project. Throws {@link NotFoundError}, also for the inbox, which TickTick doesn't count as one. */
  async get(projectId: string, options?: CallOptions): Promise<Project> {
    const response = await this.#service.call(options).send('projects.get', { params: { projectId } });
    return rowOf<Project>(found(response, `project ${projectId}`), 'id', FIELDS, 'name');
  }

  /**
   * A project with its open tasks and columns; `inbox` is the inbox. Throws {@link NotFoundError} for an unknown project.
   * Scope `tasks:read`.
   */
  async data(projectId: string, options?: CallOptions): Promise<ProjectData> {
    const data = await this.findData(projectId, options);
    if (data === undefined) throw errors.notFound(`project ${projectId}`, 200);
    return data;
  }

  /** As {@link Projects.data}, but `undefined` for a project that is unknown or gone. */
  async findData(projectId: string, options?: CallOptions): Promise<ProjectData | undefined> {
    const container = await readContainer(projectId, this.#service.call(options));
    if (container.state === 'gone') return undefined;
    if (container.state !== 'there') throw container.error ?? errors.unexpected('answers without the inbox');
    const { response, tasks } = container;
    for (const task of tasks) this.#known.remember(task);
    const columns = rowsOf<Column>(response.member('columns', []), 'id', COLUMN_FIELDS, COLUMN_TEXT);
    const { project, ...rest } = response.object<Partial<ProjectData>>();
    const known = project?.id ? { project: withoutMisfits(project, FIELDS, 'name') } : {};
    return { ...rest, ...known, tasks, columns };
  }

  /** The users who work in a project; for `inbox`, the user alone. Throws {@link NotFoundError}. Scope `tasks:read`. */
  async members(projectId: string, options?: CallOptions): Promise<ProjectMember[]> {
    const response = await this.#service.call(options).send('projects.members', { params: { projectId } });
    return rowsOf<ProjectMember>(response, 'username');
  }

  /**
   * Creates a project. Throws {@link InvalidRequestError} for a name that TickTick would cut off. Not retried if the
   * response is lost: the project may exist then. Scope `tasks:write`.
   */
  async create(input: ProjectInput, options?: CallOptions): Promise<Project> {
    checkNewProject(input);
    const response = await this.#service.call(options).send('projects.create', { json: input });
    return rowOf<Project>(response, 'id', FIELDS, 'name');
  }

  /**
   * Changes the given fields; other fields stay as they are. Throws {@link NotFoundError} for an unknown project and for
   * the inbox, which can't be changed. Scope `tasks:write`.
   */
  async update(projectId: string, changes: ProjectChanges, options?: CallOptions): Promise<Project> {
    checkProjectChanges(changes);
    const request = { params: { projectId }, json: changes };
    const response = await this.#service.call(options).send('projects.update', request);
    return rowOf<Project>(found(response, `project ${projectId}`), 'id', FIELDS, 'name');
  }

  /**
   * Deletes a project **and every task in it**: they are gone, or in the app's trash, and the Open API can't undo this.
   * Succeeds if the project is already deleted. Scope `tasks:write`.
   */
  async delete(projectId: string, options?: CallOptions): Promise<void> {
    await this.#service.call(options).send('projects.delete', { params: { projectId } });
    this.#known.forgetProject(projectId);
  }
}
