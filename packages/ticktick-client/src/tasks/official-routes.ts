import type { CallOptions } from '@context-sdk/oauth-core';
import type { Projects } from '../projects/projects.ts';
import { expectArray } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import { createdTaskFrom, receiptFrom, taskFrom } from './answers.ts';
import { listOpen } from './lists/list-open.ts';
import { locate } from './locate.ts';
import type { Task } from './task.ts';
import type { WireTask } from './task-input.ts';
import type { Batch, BatchReceipt, TaskRoutes } from './task-routes.ts';

/** TickTick's Open API. https://developer.ticktick.com/docs/openapi.md */
export class OfficialRoutes implements TaskRoutes {
  readonly batchSize = 50;
  readonly #transport: Transport;
  readonly #projects: Projects;

  constructor(transport: Transport, projects: Projects) {
    this.#transport = transport;
    this.#projects = projects;
  }

  open(options?: CallOptions): AsyncIterable<Task> {
    return listOpen(() => this.#filterOpen('tasks.listAll', options), this.#projects, options);
  }

  /** At most 200 open tasks; exactly 200 may mean that there are more. */
  async #filterOpen(name: string, options?: CallOptions): Promise<Task[]> {
    const json = { status: [0] };
    const path = '/task/filter';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'POST', path, json }, options);
    return expectArray<Task>(answer, ['id', 'projectId'], name);
  }

  async get(id: string, projectId: string, options?: CallOptions): Promise<Task> {
    const name = 'tasks.get';
    const path = `/project/${projectId}/task/${id}`;
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return taskFrom(answer, name, id);
  }

  locate(id: string, tried: string | undefined, options?: CallOptions): Promise<Task> {
    const probe = {
      filterOpen: () => this.#filterOpen('tasks.get', options),
      get: (projectId: string) => this.get(id, projectId, options),
    };
    return locate(id, tried, probe, this.#projects, options);
  }

  async create(json: WireTask, options?: CallOptions): Promise<Task> {
    const name = 'tasks.create';
    const answer = await this.#transport.send(
      { name, effect: 'write', method: 'POST', path: '/task', json },
      options,
    );
    return createdTaskFrom(answer, name);
  }

  async update(id: string, json: WireTask, options?: CallOptions): Promise<Task> {
    const name = 'tasks.update';
    const path = `/task/${id}`;
    const answer = await this.#transport.send(
      { name, effect: 'idempotent', method: 'POST', path, json },
      options,
    );
    return taskFrom(answer, name, id);
  }

  async batch({ name, effect, json }: Batch, options?: CallOptions): Promise<BatchReceipt> {
    const operation = { name, effect, method: 'POST', path: '/task/batch', json } as const;
    return receiptFrom(await this.#transport.send(operation, options), name);
  }

  async openIn(projectIds: readonly string[], options?: CallOptions): Promise<Task[]> {
    const found: Task[] = [];
    for (const projectId of projectIds) found.push(...(await this.#projects.data(projectId, options)).tasks);
    return found;
  }
}
