import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import { type Chunk, chunksOf } from '../../bulk/in-chunks.ts';
import { bulkError, mayHaveHappened } from '../../bulk/lost-answers.ts';
import type { Projects } from '../../projects/projects.ts';
import type { Transport } from '../../transport/transport.ts';
import { taskNotFound } from '../answers.ts';
import type { Task, TaskRef } from '../task.ts';
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

  async send(chunk: Items): Promise<TaskOutcome[]> {
    try {
      const completed = await this.#complete(chunk);
      return chunk.map(({ item: { id } }) =>
        completed.has(id) ? done({ id }) : { status: 'failed', error: taskNotFound(id) },
      );
    } catch (failure) {
      const error = bulkError(failure, this.#options.signal);
      if (!mayHaveHappened(error)) return chunk.map(() => ({ status: 'failed', error }));
      return await this.#settle(chunk, error);
    }
  }

  /** TickTick passes over ids that it does not know. The inbox is the project that is left out. */
  async #complete(chunk: Items): Promise<Set<unknown>> {
    const projectId = chunk[0]?.item.projectId ?? '';
    const taskIds = chunk.map(({ item }) => item.id);
    const answer = await this.#transport.send(
      {
        name: 'tasks.completeMany',
        effect: 'write',
        method: 'POST',
        path: '/task/completeTasks',
        json: projectId.startsWith('inbox') ? { taskIds } : { projectId, taskIds },
      },
      this.#options,
    );
    return new Set(Array.isArray(answer) ? answer : []);
  }

  /**
   * The answer was lost. A task that is no longer open was completed. One that still is was not, and may be completed
   * again, unless it recurs: completing moves it to its next date, and may have done so.
   */
  async #settle(chunk: Items, error: ContextSdkError): Promise<TaskOutcome[]> {
    const open = await this.#open(chunk);
    const mayRecur = (id: string): boolean => (open?.get(id)?.repeatFlag ?? '') !== '';
    const missed = chunk.filter(({ item: { id } }) => open?.has(id) && !mayRecur(id));
    const again = await this.#again(missed);
    return chunk.map(({ item: { id } }) => {
      if (open === undefined || mayRecur(id)) return { status: 'unknown', error };
      return !open.has(id) || again.has(id) ? done({ id }) : { status: 'unknown', error };
    });
  }

  async #open(chunk: Items): Promise<Map<string, Task> | undefined> {
    try {
      const data = await this.#projects.findData(chunk[0]?.item.projectId ?? '', this.#options);
      return data && new Map(data.tasks.map((task) => [task.id, task]));
    } catch (failure) {
      bulkError(failure, this.#options.signal);
      return undefined;
    }
  }

  async #again(chunk: Items): Promise<Set<unknown>> {
    if (chunk.length === 0) return new Set();
    try {
      return await this.#complete(chunk);
    } catch (failure) {
      bulkError(failure, this.#options.signal);
      return new Set();
    }
  }
}

export function completeMany(transport: Transport, projects: Projects): BulkPlan<TaskRef, Item> {
  return {
    check: (task) => ({ task }),
    chunks: chunksByProject,
    send: (chunk, options) => new Completion(transport, projects, options).send(chunk),
  };
}
