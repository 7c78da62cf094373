import type { CallOptions } from '@context-sdk/oauth-core';
import type { BulkOptions } from '@context-sdk/oauth-core/client-kit';
import type { Dialect, TickTickCall, TickTickService } from '../../operations.ts';
import type { TaskWriter } from '../actions/task-writer.ts';
import type { KnownProjects, TaskFinder } from '../find-task.ts';
import type { TaskInput } from '../task-input.ts';
import type { TaskRef } from '../task.ts';
import { createMany } from './create-many.ts';
import { deleteMany } from './delete-many.ts';
import { moveMany, type TaskMove } from './move-many.ts';
import { type BulkPlans, bulkPlans } from './plans.ts';
import { type BulkPlan, runBulk } from './run-bulk.ts';
import type { TaskOutcome } from './task-outcome.ts';
import type { TaskUpdate } from './update-many.ts';

export { sendMoves } from './move-many.ts';

type Options = CallOptions & BulkOptions;

/** What the bulk calls work with. */
export interface BulkParts {
  service: TickTickService;
  dialect: Dialect;
  known: KnownProjects;
  finder: TaskFinder;
  writer: TaskWriter;
}

/** The calls on many tasks. */
export class BulkTasks {
  readonly #parts: BulkParts;
  readonly #plans: BulkPlans;

  constructor(parts: BulkParts) {
    this.#parts = parts;
    this.#plans = bulkPlans(parts.dialect, parts.writer);
  }

  async create(inputs: readonly TaskInput[], options: Options): Promise<TaskOutcome[]> {
    const call = this.#parts.service.call(options, { onProgress: 'function' });
    return await this.createWithin(call, inputs, options.onProgress);
  }

  /** The same as a part of a call. */
  createWithin(
    call: TickTickCall,
    inputs: readonly TaskInput[],
    onProgress?: Options['onProgress'],
  ): Promise<TaskOutcome[]> {
    const { batchSize } = this.#parts.dialect;
    return createMany(inputs, batchSize, this.#plans.sendNew, call, onProgress);
  }

  update(updates: readonly TaskUpdate[], options: Options): Promise<TaskOutcome[]> {
    return this.#run(updates, this.#plans.updates, options);
  }

  complete(tasks: readonly TaskRef[], options: Options): Promise<TaskOutcome[]> {
    return this.#run(tasks, this.#plans.completions, options);
  }

  move(moves: readonly TaskMove[], options: Options): Promise<TaskOutcome[]> {
    return this.#run(moves, moveMany(this.#parts.known), options);
  }

  delete(tasks: readonly TaskRef[], options: Options): Promise<TaskOutcome[]> {
    return this.#run(tasks, deleteMany(this.#parts.writer), options);
  }

  #run<Input, Item extends { task: TaskRef }>(
    inputs: readonly Input[],
    plan: BulkPlan<Input, Item>,
    options: Options,
  ): Promise<TaskOutcome[]> {
    const { finder, service } = this.#parts;
    return runBulk(inputs, plan, finder, service, options);
  }
}
