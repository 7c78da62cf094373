import type { CallOptions } from '@context-sdk/oauth-core';
import type { Span } from '../../dates/span.ts';
import { wireForm } from '../../dates/wire-date.ts';
import { everyProjectId } from '../../projects/every-project-id.ts';
import type { Projects } from '../../projects/projects.ts';
import type { Transport } from '../../transport/transport.ts';
import { tasksFrom } from '../answers.ts';
import type { Task } from '../task.ts';
import { openByProjects } from './list-open.ts';

/** TickTick's routes that list tasks, as they are: no cursor, and cut off at 200. */
export class TaskLists {
  readonly #transport: Transport;
  readonly #projects: Projects;
  readonly #options: CallOptions | undefined;

  constructor(transport: Transport, projects: Projects, options?: CallOptions) {
    this.#transport = transport;
    this.#projects = projects;
    this.#options = options;
  }

  completed(span: Span, projectIds?: readonly string[]): Promise<Task[]> {
    return this.#list('tasks.listCompleted', '/task/completed', { ...inWireForm(span), projectIds });
  }

  undone(span: Span, projectIds?: readonly string[], taskIds?: readonly string[]): Promise<Task[]> {
    return this.#list('tasks.undone', '/task/undone', { ...inWireForm(span), projectIds, taskIds });
  }

  filter(query: object): Promise<Task[]> {
    return this.#list('tasks.filter', '/task/filter', query);
  }

  search(query: object): Promise<Task[]> {
    return this.#list('tasks.search', '/task/search', query);
  }

  /** The inbox and every project, where none are given. */
  async projectIds(given?: readonly string[]): Promise<readonly string[]> {
    return given ?? (await everyProjectId(this.#projects, this.#options));
  }

  /** The open tasks of the given projects by the one route that has no cap. */
  open(projectIds: readonly string[]): AsyncIterable<Task> {
    return openByProjects(this.#projects, projectIds, this.#options);
  }

  async #list(name: string, path: string, json: object): Promise<Task[]> {
    return tasksFrom(await this.#transport.post(name, 'safe', path, json, this.#options));
  }
}

function inWireForm({ from, to }: Span): { startDate: string; endDate: string } {
  return { startDate: wireForm(from), endDate: wireForm(to) };
}
