import type { CallOptions } from '@context-sdk/oauth-core';
import type { Transport } from '../transport/transport.ts';
import { createdTaskFrom, receiptFrom, taskFrom } from './answers.ts';
import type { Task } from './task.ts';
import type { WireTask } from './task-input.ts';
import type { Batch, BatchReceipt } from './task-routes.ts';

/** The routes that write tasks: the dialects differ in the method of a change alone. */
export class WriteRoutes {
  protected readonly transport: Transport;
  readonly #changeMethod: 'POST' | 'PUT';

  constructor(transport: Transport, changeMethod: 'POST' | 'PUT') {
    this.transport = transport;
    this.#changeMethod = changeMethod;
  }

  async create(json: WireTask, options?: CallOptions): Promise<Task> {
    const name = 'tasks.create';
    return createdTaskFrom(await this.transport.post(name, 'unsafe', '/task', json, options), name);
  }

  async update(id: string, json: WireTask, options?: CallOptions): Promise<Task> {
    const answer = await this.transport.send(
      { name: 'tasks.update', safety: 'idempotent', method: this.#changeMethod, path: `/task/${id}`, json },
      options,
    );
    return taskFrom(answer, id);
  }

  async batch({ name, safety, json }: Batch, options?: CallOptions): Promise<BatchReceipt> {
    return receiptFrom(await this.transport.post(name, safety, '/task/batch', json, options));
  }
}
