import { ApiError } from '@context-sdk/oauth-core/errors';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../operations.ts';
import { readTask } from '../tasks/find-task.ts';
import { openTasksOf } from '../tasks/project-tasks.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';

/** What happened to a task that is no longer listed as open. */
export type Fate =
  | { kind: 'completed'; task: Task }
  | { kind: 'deleted'; projectId: string }
  | { kind: 'open'; task: Task }
  /** It was being moved while it was looked up: the next poll will settle it. */
  | { kind: 'unclear' };

const MAX_LOOKS = 3;

/** TickTick answers the read of a task whose project was deleted with HTTP 500 and this code. */
function isGoneWithProject(error: unknown): boolean {
  return error instanceof ApiError && error.serviceCode === 'unknown_exception';
}

/** Finds out what happened to vanished tasks, reading each project once. */
export class Vanished {
  readonly #call: TickTickCall;
  readonly #projects = new Map<string, Promise<Task[] | undefined>>();

  constructor(call: TickTickCall) {
    this.#call = call;
  }

  /**
   * TickTick still returns deleted tasks as they were, so a task that can be read may be deleted: it is, if it is open but
   * its project doesn't list it.
   */
  async fateOf(id: string, projectId: string): Promise<Fate> {
    let lookedIn = projectId;
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const open = await this.#openIn(lookedIn);
      const listed = open?.find(({ id: listedId }) => listedId === id);
      if (listed !== undefined) return { kind: 'open', task: listed };
      const task = open && (await this.#read(id, lookedIn));
      if (task === undefined) return { kind: 'deleted', projectId: lookedIn };
      if (task.status !== undefined && task.status !== TaskStatus.open) return { kind: 'completed', task };
      if (task.projectId === lookedIn) return { kind: 'deleted', projectId: lookedIn };
      lookedIn = task.projectId;
    }
    return { kind: 'unclear' };
  }

  async #read(id: string, projectId: string): Promise<Task | undefined> {
    try {
      return await unlessNotFound(readTask(id, projectId, this.#call));
    } catch (error) {
      if (isGoneWithProject(error)) return undefined;
      throw error;
    }
  }

  #openIn(projectId: string): Promise<Task[] | undefined> {
    const id = projectId.startsWith('inbox') ? 'inbox' : projectId;
    const known = this.#projects.get(id);
    if (known !== undefined) return known;
    const tasks = openTasksOf(id, this.#call);
    this.#projects.set(id, tasks);
    return tasks;
  }
}
