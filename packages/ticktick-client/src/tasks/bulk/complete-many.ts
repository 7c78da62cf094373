import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import { type Chunk, chunksOf } from '../../bulk/in-chunks.ts';
import { settled, unlessFailed } from '../../bulk/lost-answers.ts';
import type { Projects } from '../../projects/projects.ts';
import type { Transport } from '../../transport/transport.ts';
import { taskNotFound } from '../answers.ts';
import type { TaskRef } from '../task.ts';
import type { Located } from '../task-locator.ts';
import type { BulkPlan } from './run-bulk.ts';
import { done, type TaskOutcome } from './task-outcome.ts';

/** TickTick ignores the ids behind the fiftieth. */
const AT_ONCE = 50;

type Item = { task: TaskRef };
type Items = Chunk<Item & Located>;

/** One request completes tasks of one project. */
function chunksByProject(items: Items): Items[] {
  const byProject = Map.groupBy(items, ({ item }) => item.projectId);
  return [...byProject.values()].flatMap((ofProject) => chunksOf(ofProject, AT_ONCE));
}

class Completion {
  readonly #transport: Transport;
  readonly #projects: Projects;
  readonly #options: CallOptions;

  constructor(transport: Transport, projects: Projects, options: CallOptions) {
    this.#transport = transport;
    this.#projects = projects;
    this.#options = options;
  }

  send(chunk: Items): Promise<TaskOutcome[]> {
    return settled(chunk, this.#options.signal, this.#send(chunk), (error) => this.#settle(chunk, error));
  }

  async #send(chunk: Items): Promise<TaskOutcome[]> {
    const completed = await this.#complete(chunk);
    return chunk.map(({ item: { id } }) =>
      completed.has(id) ? done({ id }) : { status: 'failed', error: taskNotFound(id) },
    );
  }

  /** TickTick passes over ids that it does not know. The inbox is the project that is left out. */
  async #complete(chunk: Items): Promise<Set<unknown>> {
    const projectId = chunk[0]?.item.projectId ?? '';
    const taskIds = chunk.map(({ item }) => item.id);
    const json = projectId.startsWith('inbox') ? { taskIds } : { projectId, taskIds };
    const { value } = await this.#transport.post(
      'tasks.completeMany',
      'unsafe',
      '/task/completeTasks',
      json,
      this.#options,
    );
    return new Set(Array.isArray(value) ? value : []);
  }

  /**
   * The answer was lost. A task that is no longer open was completed. One that still is was not, and may be completed
   * again, unless it recurs: completing moves it to its next date, and may have done so.
   */
  async #settle(chunk: Items, error: ContextSdkError): Promise<TaskOutcome[]> {
    const projectId = chunk[0]?.item.projectId ?? '';
    const data = await this.#unlessFailed(this.#projects.findData(projectId, this.#options));
    const open = data && new Map(data.tasks.map((task) => [task.id, task]));
    const mayRecur = (id: string): boolean => (open?.get(id)?.repeatFlag ?? '') !== '';
    const missed = chunk.filter(({ item: { id } }) => open?.has(id) && !mayRecur(id));
    const again = missed.length > 0 ? await this.#unlessFailed(this.#complete(missed)) : undefined;
    return chunk.map(({ item: { id } }) => {
      if (open === undefined || mayRecur(id)) return { status: 'unknown', error };
      return !open.has(id) || again?.has(id) ? done({ id }) : { status: 'unknown', error };
    });
  }

  #unlessFailed<T>(request: Promise<T>): Promise<T | undefined> {
    return unlessFailed(request, this.#options.signal);
  }
}

export function completeMany(transport: Transport, projects: Projects): BulkPlan<TaskRef, Item> {
  return {
    check: (task) => ({ task }),
    chunks: chunksByProject,
    send: (chunk, options) => new Completion(transport, projects, options).send(chunk),
  };
}
