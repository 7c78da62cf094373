import type { CallOptions } from '@context-sdk/oauth-core';
import type { Projects } from '../projects/projects.ts';
import type { Transport } from '../transport/transport.ts';
import { taskFrom, tasksFrom } from './answers.ts';
import { listOpen } from './lists/list-open.ts';
import { locate } from './locate.ts';
import type { Task } from './task.ts';
import type { TaskRoutes } from './task-routes.ts';
import { WriteRoutes } from './write-routes.ts';

/** TickTick's Open API. https://developer.ticktick.com/docs/openapi.md */
export class OfficialRoutes extends WriteRoutes implements TaskRoutes {
  readonly batchSize = 50;
  readonly #projects: Projects;

  constructor(transport: Transport, projects: Projects) {
    super(transport, 'POST');
    this.#projects = projects;
  }

  open(options?: CallOptions): AsyncIterable<Task> {
    return listOpen(() => this.#filterOpen('tasks.listAll', options), this.#projects, options);
  }

  /** At most 200 open tasks; exactly 200 may mean that there are more. */
  async #filterOpen(name: string, options?: CallOptions): Promise<Task[]> {
    return tasksFrom(await this.transport.post(name, 'safe', '/task/filter', { status: [0] }, options));
  }

  async get(id: string, projectId: string, options?: CallOptions): Promise<Task> {
    const path = `/project/${projectId}/task/${id}`;
    return taskFrom(await this.transport.get('tasks.get', path, options), id);
  }

  locate(id: string, tried: string | undefined, options?: CallOptions): Promise<Task> {
    const probe = {
      filterOpen: () => this.#filterOpen('tasks.get', options),
      get: (projectId: string) => this.get(id, projectId, options),
    };
    return locate(id, tried, probe, this.#projects, options);
  }

  async openIn(projectIds: readonly string[], options?: CallOptions): Promise<Task[]> {
    const found: Task[] = [];
    for (const projectId of projectIds) found.push(...(await this.#projects.data(projectId, options)).tasks);
    return found;
  }
}
