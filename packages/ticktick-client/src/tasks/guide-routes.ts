import type { CallOptions } from '@context-sdk/oauth-core';
import type { Transport } from '../transport/transport.ts';
import { taskFrom, tasksFrom } from './answers.ts';
import { type Task, TaskStatus } from './task.ts';
import type { TaskRoutes } from './task-routes.ts';
import { WriteRoutes } from './write-routes.ts';

/** The wire format of the integration guide, which gateways may speak and TickTick itself does not. */
export class GuideRoutes extends WriteRoutes implements TaskRoutes {
  readonly batchSize = 20;

  constructor(transport: Transport) {
    super(transport, 'PUT');
  }

  async *open(options?: CallOptions): AsyncGenerator<Task> {
    const tasks = await this.#list('tasks.listAll', options);
    yield* tasks.filter(({ status = TaskStatus.open }) => status === TaskStatus.open);
  }

  get(id: string, _projectId: string, options?: CallOptions): Promise<Task> {
    return this.locate(id, undefined, options);
  }

  async locate(id: string, _tried: string | undefined, options?: CallOptions): Promise<Task> {
    return taskFrom(await this.transport.get('tasks.get', `/task/${id}`, options), id);
  }

  openIn(_projectIds: readonly string[], options?: CallOptions): Promise<Task[]> {
    return this.#list('tasks.createMany', options);
  }

  async #list(name: string, options?: CallOptions): Promise<Task[]> {
    return tasksFrom(await this.transport.get(name, '/task', options));
  }
}
