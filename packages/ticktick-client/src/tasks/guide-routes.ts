import type { CallOptions } from '@context-sdk/oauth-core';
import { expectArray } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import { createdTaskFrom, receiptFrom, taskFrom } from './answers.ts';
import { type Task, TaskStatus } from './task.ts';
import type { WireTask } from './task-input.ts';
import type { Batch, BatchReceipt, TaskRoutes } from './task-routes.ts';

/** The wire format of the integration guide, which gateways may speak and TickTick itself does not. */
export class GuideRoutes implements TaskRoutes {
  readonly batchSize = 20;
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async *open(options?: CallOptions): AsyncGenerator<Task> {
    const tasks = await this.#list('tasks.listAll', options);
    yield* tasks.filter(({ status = TaskStatus.open }) => status === TaskStatus.open);
  }

  get(id: string, _projectId: string, options?: CallOptions): Promise<Task> {
    return this.locate(id, undefined, options);
  }

  async locate(id: string, _tried: string | undefined, options?: CallOptions): Promise<Task> {
    const name = 'tasks.get';
    const answer = await this.#transport.send(
      { name, effect: 'read', method: 'GET', path: `/task/${id}` },
      options,
    );
    return taskFrom(answer, name, id);
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
      { name, effect: 'idempotent', method: 'PUT', path, json },
      options,
    );
    return taskFrom(answer, name, id);
  }

  async batch({ name, effect, json }: Batch, options?: CallOptions): Promise<BatchReceipt> {
    const operation = { name, effect, method: 'POST', path: '/task/batch', json } as const;
    return receiptFrom(await this.#transport.send(operation, options), name);
  }

  openIn(_projectIds: readonly string[], options?: CallOptions): Promise<Task[]> {
    return this.#list('tasks.createMany', options);
  }

  async #list(name: string, options?: CallOptions): Promise<Task[]> {
    const answer = await this.#transport.send(
      { name, effect: 'read', method: 'GET', path: '/task' },
      options,
    );
    return expectArray<Task>(answer, ['id', 'projectId'], name);
  }
}
