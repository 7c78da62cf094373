import {
  AbortedError,
  type CallOptions,
  ContextSdkError,
  NetworkError,
  ServiceUnavailableError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import type { Checked } from '../../bulk/in-chunks.ts';
import type { BulkOutcome } from '../../bulk/outcome.ts';
import type { Task } from '../task.ts';
import type { WireTask } from '../task-input.ts';
import type { BatchReceipt, TaskRoutes } from '../task-routes.ts';
import { batchError } from './batch-error.ts';
import { matchAssigned } from './match-assigned.ts';

/** A task of a bulk call that exists now. */
export interface CreatedTask {
  id: string;
  /** Absent where the task was found by reading back from a service that gives none. */
  etag?: string;
}

export type CreateOutcome = BulkOutcome<CreatedTask>;
export type NewTask = WireTask & { id: string };
type Chunk = readonly Checked<NewTask>[];

/** After these the batch may have taken effect all the same. */
function mayHaveHappened(error: ContextSdkError): boolean {
  return (
    (error instanceof NetworkError && error.sent) ||
    error instanceof TimeoutError ||
    error instanceof ServiceUnavailableError ||
    error instanceof UnexpectedResponseError ||
    error instanceof AbortedError
  );
}

function asError(failure: unknown, signal: AbortSignal | undefined): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  if (signal?.aborted) return new AbortedError('Aborted while this was on its way.', { service: 'ticktick' });
  throw failure;
}

function created({ id, etag }: { id: string; etag?: string | undefined }): CreateOutcome {
  return { status: 'ok', id, ...(etag !== undefined && { etag }) };
}

function projectsOf(chunk: Chunk): string[] {
  const ids = chunk.map(({ item }) => item['projectId']);
  return [...new Set(ids.map((id) => (typeof id === 'string' ? id : 'inbox')))];
}

/**
 * Sends chunks of new tasks that propose their own ids, and finds out what became of each. Whether the service
 * keeps proposed ids is learned from its answers: while it does, sending again is safe.
 */
export class ChunkSender {
  readonly #routes: TaskRoutes;
  #keepsIds = false;

  constructor(routes: TaskRoutes) {
    this.#routes = routes;
  }

  async send(chunk: Chunk, options: CallOptions): Promise<CreateOutcome[]> {
    try {
      return await this.#fromReceipt(chunk, await this.#batch(chunk, options), options);
    } catch (failure) {
      const error = asError(failure, options.signal);
      if (!mayHaveHappened(error)) return chunk.map(() => ({ status: 'failed', error }));
      return await this.#settle(chunk, error, options);
    }
  }

  #batch(chunk: Chunk, options: CallOptions): Promise<BatchReceipt> {
    const effect = this.#keepsIds ? 'idempotent' : 'write';
    return this.#routes.batch(
      chunk.map(({ item }) => item),
      effect,
      options,
    );
  }

  async #fromReceipt(
    chunk: Chunk,
    { id2etag, id2error }: BatchReceipt,
    options: CallOptions,
  ): Promise<CreateOutcome[]> {
    const own = new Set(chunk.map(({ item }) => item.id));
    this.#keepsIds ||= Object.keys(id2etag).some((id) => own.has(id));
    const assigned = Object.keys(id2etag).filter((id) => !own.has(id));
    const unnamed = chunk.filter(
      ({ item: { id } }) => id2etag[id] === undefined && id2error[id] === undefined,
    );
    const found = await this.#matched(unnamed, new Set(assigned), options);
    return chunk.map(({ item: { id } }) => {
      const code = id2error[id];
      // A proposed id is random: if it exists, an earlier sending of this very task made it.
      if (id2etag[id] !== undefined || code === 'EXISTED') return created({ id, etag: id2etag[id] });
      if (code !== undefined) return { status: 'failed', error: batchError(code) };
      const task = found.get(id);
      return task ? created(task) : this.#unnamed();
    });
  }

  #unnamed(): CreateOutcome {
    const message = 'ticktick took the batch, but its answer does not tell what became of this task.';
    const error = new UnexpectedResponseError(message, { service: 'ticktick', field: 'id2etag' });
    return { status: 'unknown', error };
  }

  /** Tasks that the service gave ids of its own, by the id that was proposed for them. */
  async #matched(chunk: Chunk, assigned: Set<string>, options: CallOptions): Promise<Map<string, Task>> {
    if (chunk.length === 0 || assigned.size === 0) return new Map();
    const open = await this.#readBack(chunk, options);
    const tasks = matchAssigned(
      chunk.map(({ item }) => item),
      open.filter(({ id }) => assigned.has(id)),
    );
    return new Map(
      chunk.flatMap(({ item }, position) => {
        const task = tasks[position];
        return task ? [[item.id, task]] : [];
      }),
    );
  }

  /** The answer was lost. What is there under its proposed id was created; the rest is sent again if that is safe. */
  async #settle(chunk: Chunk, error: ContextSdkError, options: CallOptions): Promise<CreateOutcome[]> {
    const open = new Map((await this.#readBack(chunk, options)).map((task) => [task.id, task]));
    this.#keepsIds ||= chunk.some(({ item }) => open.has(item.id));
    const missing = chunk.filter(({ item }) => !open.has(item.id));
    const again = this.#keepsIds ? await this.#sendAgain(missing, options) : undefined;
    return chunk.map(({ item }) => {
      const task = open.get(item.id);
      return task ? created(task) : (again?.get(item.id) ?? { status: 'unknown', error });
    });
  }

  async #sendAgain(chunk: Chunk, options: CallOptions): Promise<Map<string, CreateOutcome>> {
    if (chunk.length === 0) return new Map();
    try {
      const outcomes = await this.#fromReceipt(chunk, await this.#batch(chunk, options), options);
      return new Map(
        chunk.flatMap(({ item }, position) => {
          const outcome = outcomes[position];
          return outcome ? [[item.id, outcome]] : [];
        }),
      );
    } catch (failure) {
      asError(failure, options.signal);
      return new Map();
    }
  }

  /** The open tasks of the chunk's projects; none where they can't be read, which settles nothing. */
  async #readBack(chunk: Chunk, options: CallOptions): Promise<Task[]> {
    try {
      return await this.#routes.openIn(projectsOf(chunk), options);
    } catch (failure) {
      asError(failure, options.signal);
      return [];
    }
  }
}
