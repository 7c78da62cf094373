import type { CallOptions } from '@context-sdk/oauth-core';
import { isObject, type ServiceResponse, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { COLUMN, type Column } from '../columns/columns.ts';
import { errors, found } from '../errors.ts';
import { unread } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import { readRow, rowOf, type RowShape, rowsOf } from '../rows.ts';
import { LIST_OPTIONS, type ListOptions, onSkip } from '../skipped.ts';
import type { KnownProjects } from '../tasks/find-task.ts';
import { readContainer } from '../tasks/project-tasks.ts';
import type { ProjectChanges, ProjectInput } from './project-input.ts';
import { pageQuery, type ProjectPage } from './project-page.ts';
import type { Project, ProjectData, ProjectMember } from './project.ts';

/** Also for the feed's list. */
export const PROJECT: RowShape<Project> = {
  text: 'name',
  fields: {
    string: 'color groupId viewMode permission kind',
    number: 'sortOrder',
    boolean: 'closed',
  },
};

/** A user who works in a project. */
export const MEMBER: RowShape<ProjectMember> = {
  key: 'username',
  fields: { string: 'displayName', boolean: 'self' },
};

/** The response about a project. As for its data, TickTick can answer `{}` for one that was left (docs/facts/ticktick.md, Errors). */
function ofProject(response: ServiceResponse, projectId: string): ServiceResponse {
  const { value } = found(response, `project ${projectId}`);
  if (isObject(value) && Object.keys(value).length === 0) throw errors.notFound(`project ${projectId}`, 200);
  return response;
}

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
  async list(options?: ListOptions & ProjectPage): Promise<Project[]> {
    const query = { ...pageQuery(options ?? {}) };
    const call = this.#service.call(options, { offset: 'number', limit: 'number', ...LIST_OPTIONS });
    const response = await onSkip(call, options?.onSkipped).send('projects.list', { query });
    return rowsOf(response, PROJECT, call);
  }

  /** One project. Throws {@link NotFoundError}, also for the inbox, which TickTick doesn't count as one. */
  async get(projectId: string, options?: CallOptions): Promise<Project> {
    const response = await this.#service.call(options).send('projects.get', { params: { projectId } });
    return rowOf(ofProject(response, projectId), PROJECT);
  }

  /**
   * A project with its open tasks and columns; `inbox` is the inbox. Throws {@link NotFoundError} for an unknown project.
   * Scope `tasks:read`.
   */
  async data(projectId: string, options?: ListOptions): Promise<ProjectData> {
    const data = await this.findData(projectId, options);
    if (data === undefined) throw errors.notFound(`project ${projectId}`, 200);
    return data;
  }

  /** As {@link Projects.data}, but `undefined` for a project that is unknown or gone. */
  async findData(projectId: string, options?: ListOptions): Promise<ProjectData | undefined> {
    const call = onSkip(this.#service.call(options, LIST_OPTIONS), options?.onSkipped);
    const container = await readContainer(projectId, call);
    if (container.state === 'gone') return undefined;
    if (container.state !== 'there') throw container.error ?? errors.unexpected('answers without the inbox');
    const { response, tasks } = container;
    for (const task of tasks) this.#known.remember(task);
    const columns = rowsOf<Column>(response.member('columns', []), COLUMN, call);
    const { project, ...rest } = response.object<Partial<ProjectData>>();
    const known = readRow<Project>(project, PROJECT);
    if (project !== undefined && known === undefined) response.skip('project');
    for (const place of (known && unread.get(known)) ?? []) response.skip(`project.${place}`);
    return { ...rest, ...(known && { project: known }), tasks, columns };
  }

  /** The users who work in a project; for `inbox`, the user alone. Throws {@link NotFoundError}. Scope `tasks:read`. */
  async members(projectId: string, options?: ListOptions): Promise<ProjectMember[]> {
    const call = onSkip(this.#service.call(options, LIST_OPTIONS), options?.onSkipped);
    const response = await call.send('projects.members', { params: { projectId } });
    return rowsOf(ofProject(response, projectId), MEMBER, call);
  }

  /**
   * Creates a project. Throws {@link InvalidRequestError} for a name that TickTick would cut off. Not retried if the
   * response is lost: the project may exist then. Scope `tasks:write`.
   */
  async create(input: ProjectInput, options?: CallOptions): Promise<Project> {
    const { checkNewProject } = await import('./project-input.ts');
    checkNewProject(input);
    const response = await this.#service.call(options).send('projects.create', { json: input });
    return rowOf(response, PROJECT);
  }

  /**
   * Changes the given fields; other fields stay as they are. Throws {@link NotFoundError} for an unknown project and for
   * the inbox, which can't be changed. Scope `tasks:write`.
   */
  async update(projectId: string, changes: ProjectChanges, options?: CallOptions): Promise<Project> {
    const { checkProjectChanges } = await import('./project-input.ts');
    checkProjectChanges(changes);
    const request = { params: { projectId }, json: changes };
    const response = await this.#service.call(options).send('projects.update', request);
    return rowOf(found(response, `project ${projectId}`), PROJECT);
  }

  /**
   * Deletes a project **and every task in it**: they are gone, or in the app's trash, and the Open API can't undo this.
   * Succeeds if the project is already deleted. Scope `tasks:write`.
   */
  async delete(projectId: string, options?: CallOptions): Promise<void> {
    await unlessNotFound(this.#service.call(options).send('projects.delete', { params: { projectId } }));
    this.#known.forgetProject(projectId);
  }
}
