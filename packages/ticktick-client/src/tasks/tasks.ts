import { type CallOptions, InvalidRequestError, type Listing, listing } from '@context-sdk/oauth-core';
import type { BulkOptions } from '../bulk/outcome.ts';
import { checkedId } from '../transport/checked-id.ts';
import type { Transport } from '../transport/transport.ts';
import { createMany } from './create-many/create-many.ts';
import { ChunkSender, type CreateOutcome } from './create-many/send-chunk.ts';
import type { KnownProjects } from './known-projects.ts';
import { unlessNotFound } from './locate.ts';
import { type Task, type TaskRef, TaskStatus } from './task.ts';
import { type TaskChanges, type TaskInput, wireChanges, wireTask } from './task-input.ts';
import type { TaskRoutes } from './task-routes.ts';

type Located = { id: string; projectId: string };

/** Tasks of every project and of the inbox. */
export class Tasks {
  readonly #routes: TaskRoutes;
  readonly #official: Transport;
  readonly #known: KnownProjects;
  readonly #sender: ChunkSender;

  constructor(routes: TaskRoutes, official: Transport, known: KnownProjects) {
    this.#routes = routes;
    this.#official = official;
    this.#known = known;
    this.#sender = new ChunkSender(routes);
  }

  /**
   * Every open task, each once: in one request while there are fewer than 200, else project by project, since
   * TickTick cuts longer answers off without saying so. Scope `tasks:read`.
   */
  listAll(options?: CallOptions): Listing<Task> {
    const routes = this.#routes;
    const known = this.#known;
    return listing(async function* () {
      for await (const task of routes.open(options)) yield known.remember(task);
    });
  }

  /**
   * One task. With its project it takes one request; by the id alone it is looked for where it was last seen,
   * among the open tasks, then in project after project: projects + 3 requests at most. Throws
   * {@link NotFoundError}. A deleted task stays readable: TickTick goes on answering with its last state.
   */
  async get(ref: TaskRef, options?: CallOptions): Promise<Task> {
    const { id, projectId } = this.#checkedRef(ref);
    if (typeof ref !== 'string' && projectId !== undefined) {
      return this.#known.remember(await this.#routes.get(id, projectId, options));
    }
    const seen = projectId && (await unlessNotFound(this.#routes.get(id, projectId, options)));
    return this.#known.remember(seen || (await this.#routes.locate(id, projectId, options)));
  }

  /** As {@link Tasks.get}, with `undefined` where there is no such task. */
  find(ref: TaskRef, options?: CallOptions): Promise<Task | undefined> {
    return unlessNotFound(this.get(ref, options));
  }

  /**
   * Creates a task, in the inbox where `projectId` is left out. Never sent twice on a lost answer: after a
   * {@link NetworkError} that was `sent`, or a {@link TimeoutError}, the task may exist. Scope `tasks:write`.
   */
  async create(input: TaskInput, options?: CallOptions): Promise<Task> {
    return this.#known.remember(await this.#routes.create(wireTask(input), options));
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link NotFoundError} where the id or the project is
   * wrong, for which TickTick answers 200 without content. Scope `tasks:write`.
   */
  async update(ref: TaskRef, changes: TaskChanges, options?: CallOptions): Promise<Task> {
    const wire = wireChanges(changes);
    if (Object.keys(wire).length === 0) {
      throw new InvalidRequestError('changes is empty.', { service: 'ticktick', field: 'changes' });
    }
    return await this.#update(ref, wire, options);
  }

  /**
   * Completes a task. A recurring one moves on to its next date, and a completed copy with an id of its own
   * stays behind; so this is never sent twice on a lost answer. TickTick does not say whether the task was
   * there. Scope `tasks:write`.
   */
  async complete(ref: TaskRef, options?: CallOptions): Promise<void> {
    const { id, projectId } = await this.#located(ref, options);
    const path = `/project/${projectId}/task/${id}/complete`;
    await this.#official.send({ name: 'tasks.complete', effect: 'write', method: 'POST', path }, options);
  }

  /** Opens a completed task again. Its `completedTime` stays and means nothing any more. Scope `tasks:write`. */
  async reopen(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.#update(ref, { status: TaskStatus.open }, options);
  }

  /**
   * Deletes a task, a recurring one with its whole series. There is no way back in the Open API. One that is gone
   * already is a success. Scope `tasks:write`.
   */
  async delete(ref: TaskRef, options?: CallOptions): Promise<void> {
    const { id, projectId } = await this.#located(ref, options);
    const path = `/project/${projectId}/task/${id}`;
    await this.#official.send(
      { name: 'tasks.delete', effect: 'idempotent', method: 'DELETE', path },
      options,
    );
    this.#known.forget(id);
  }

  /**
   * Creates any number of tasks, 50 to a request (20 in the guide's dialect), and gives one outcome per task, in
   * order. A task that can't be right is `failed` and keeps no other back. After a lost answer the tasks are
   * looked for: what can't be settled is `unknown`, and nothing is sent twice that could be created twice. An
   * abort keeps what is done and makes the rest `failed`. Scope `tasks:write`.
   */
  createMany(
    inputs: readonly TaskInput[],
    options: CallOptions & BulkOptions = {},
  ): Promise<CreateOutcome[]> {
    return createMany(inputs, this.#routes, this.#sender, options);
  }

  async #update(ref: TaskRef, wire: Record<string, unknown>, options?: CallOptions): Promise<Task> {
    const { id, projectId } = await this.#located(ref, options);
    return this.#known.remember(await this.#routes.update(id, { ...wire, id, projectId }, options));
  }

  #checkedRef(ref: TaskRef): { id: string; projectId: string | undefined } {
    if (typeof ref === 'string') return { id: checkedId(ref, 'id'), projectId: this.#known.get(ref) };
    return { id: checkedId(ref?.id, 'id'), projectId: checkedId(ref?.projectId, 'projectId') };
  }

  async #located(ref: TaskRef, options?: CallOptions): Promise<Located> {
    const { id, projectId } = this.#checkedRef(ref);
    return projectId === undefined ? await this.get(id, options) : { id, projectId };
  }
}
