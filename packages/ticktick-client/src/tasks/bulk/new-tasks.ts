import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import type { Chunk } from '../../bulk/in-chunks.ts';
import { settled, unlessFailed } from '../../bulk/lost-answers.ts';
import type { Task } from '../task.ts';
import type { WireTask } from '../task-input.ts';
import type { TaskRoutes } from '../task-routes.ts';
import { matchAssigned } from './match-assigned.ts';
import { done, notNamed, outcomeIn, type TaskOutcome } from './task-outcome.ts';

export type NewTask = WireTask & { id: string };
type NewTasks = Chunk<NewTask>;

function projectsOf(chunk: NewTasks): string[] {
  const ids = chunk.map(({ item }) => item['projectId']);
  return [...new Set(ids.map((id) => (typeof id === 'string' ? id : 'inbox')))];
}

/** What belongs to each task of a chunk, by the id that was proposed for it. */
function byProposedId<T>(chunk: NewTasks, values: readonly (T | undefined)[]): Map<string, T> {
  return new Map(
    chunk.flatMap(({ item }, position) => {
      const value = values[position];
      return value === undefined ? [] : [[item.id, value]];
    }),
  );
}

/**
 * Sends new tasks that propose their own ids, and finds out what became of each. Whether the service keeps
 * proposed ids is learned from its answers: while it does, sending again is safe.
 */
export class NewTaskSender {
  readonly #routes: TaskRoutes;
  #keepsIds = false;

  constructor(routes: TaskRoutes) {
    this.#routes = routes;
  }

  send(chunk: NewTasks, options: CallOptions): Promise<TaskOutcome[]> {
    const settle = (error: ContextSdkError): Promise<TaskOutcome[]> => this.#settle(chunk, error, options);
    return settled(chunk, options.signal, this.#send(chunk, options), settle);
  }

  async #send(chunk: NewTasks, options: CallOptions): Promise<TaskOutcome[]> {
    const add = chunk.map(({ item }) => item);
    const safety = this.#keepsIds ? 'idempotent' : 'unsafe';
    const batch = { name: 'tasks.createMany', safety, json: { add } } as const;
    const receipt = await this.#routes.batch(batch, options);
    const own = new Set(chunk.map(({ item }) => item.id));
    this.#keepsIds ||= Object.keys(receipt.id2etag).some((id) => own.has(id));
    const assigned = Object.keys(receipt.id2etag).filter((id) => !own.has(id));
    const unnamed = chunk.filter(({ item }) => outcomeIn(receipt, item.id) === undefined);
    const found = await this.#matched(unnamed, new Set(assigned), options);
    return chunk.map(({ item: { id } }) => {
      // A proposed id is random: if it exists, an earlier sending of this very task made it.
      if (receipt.id2error[id] === 'EXISTED') return done({ id });
      const task = found.get(id);
      return outcomeIn(receipt, id) ?? (task ? done(task) : notNamed());
    });
  }

  /** Tasks that the service gave ids of its own. */
  async #matched(chunk: NewTasks, assigned: Set<string>, options: CallOptions): Promise<Map<string, Task>> {
    if (chunk.length === 0 || assigned.size === 0) return new Map();
    const open = await this.#readBack(chunk, options);
    const stored = open.filter(({ id }) => assigned.has(id));
    const sent = chunk.map(({ item }) => item);
    return byProposedId(chunk, matchAssigned(sent, stored));
  }

  /** The answer was lost. What is there under its proposed id was created; the rest is sent again if that is safe. */
  async #settle(chunk: NewTasks, error: ContextSdkError, options: CallOptions): Promise<TaskOutcome[]> {
    const open = new Map((await this.#readBack(chunk, options)).map((task) => [task.id, task]));
    this.#keepsIds ||= chunk.some(({ item }) => open.has(item.id));
    const missing = chunk.filter(({ item }) => !open.has(item.id));
    const sendsAgain = this.#keepsIds && missing.length > 0;
    const again = sendsAgain && (await unlessFailed(this.#send(missing, options), options.signal));
    const resent = byProposedId(missing, again || []);
    return chunk.map(({ item: { id } }) => {
      const task = open.get(id);
      return task ? done(task) : (resent.get(id) ?? { status: 'unknown', error });
    });
  }

  /** The open tasks of the chunk's projects; none where they can't be read, which settles nothing. */
  async #readBack(chunk: NewTasks, options: CallOptions): Promise<Task[]> {
    return (await unlessFailed(this.#routes.openIn(projectsOf(chunk), options), options.signal)) ?? [];
  }
}
