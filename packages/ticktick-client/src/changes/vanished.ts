import type { ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { ApiError, NotFoundError } from '@context-sdk/oauth-core/errors';
import type { TickTickCall } from '../operations.ts';
import { readTask } from '../tasks/find-task.ts';
import {
  type Container,
  isInbox,
  isOutOfReach,
  isSameProject,
  readContainer,
} from '../tasks/project-tasks.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';

/** What happened to a task that is no longer listed as open. */
export type Fate =
  | { kind: 'completed'; task: Task }
  | { kind: 'deleted'; projectId: string }
  | { kind: 'open'; task: Task; isArchived: boolean }
  /** It was being moved, its project is out of reach, or rows of it can't be read: a later poll will settle it. */
  | { kind: 'unclear' };

const MAX_LOOKS = 3;

/** TickTick answers the read of a task whose project was deleted with HTTP 500 and this code. */
function isGoneWithProject(error: unknown): boolean {
  return error instanceof ApiError && error.serviceCode === 'unknown_exception';
}

/** Whether the user has archived the project: its tasks are in no list then, but still in the project. */
function isArchived({ response }: { response: ServiceResponse }): boolean {
  const { project } = response.object<{ project?: { closed?: unknown } }>();
  return project?.closed === true;
}

/** Whether rows of the project could not be read: any of its tasks can be one of them. */
function hasUnreadable({ response, tasks }: { response: ServiceResponse; tasks: readonly Task[] }): boolean {
  const rows = response.object<{ tasks?: unknown }>().tasks;
  return Array.isArray(rows) && rows.length > tasks.length;
}

/** Finds out what happened to vanished tasks, reading each project once. */
export class Vanished {
  readonly #call: TickTickCall;
  readonly #projects = new Map<string, Promise<Container>>();

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
      const container = await this.#container(lookedIn);
      if (container.state === 'gone') return { kind: 'deleted', projectId: lookedIn };
      if (container.state !== 'there') return { kind: 'unclear' };
      const listed = container.tasks.find(({ id: listedId }) => listedId === id);
      if (listed !== undefined) return { kind: 'open', task: listed, isArchived: isArchived(container) };
      const task = await this.#read(id, lookedIn);
      if (task === 'unclear') return { kind: 'unclear' };
      if (task === undefined) return { kind: 'deleted', projectId: lookedIn };
      if (task.status !== undefined && task.status !== TaskStatus.open) return { kind: 'completed', task };
      if (isSameProject(task.projectId, lookedIn)) {
        return hasUnreadable(container) ? { kind: 'unclear' } : { kind: 'deleted', projectId: lookedIn };
      }
      lookedIn = task.projectId;
    }
    return { kind: 'unclear' };
  }

  async #read(id: string, projectId: string): Promise<Task | 'unclear' | undefined> {
    try {
      return await readTask(id, projectId, this.#call);
    } catch (error) {
      if (error instanceof NotFoundError || isGoneWithProject(error)) return undefined;
      if (isOutOfReach(error)) return 'unclear';
      throw error;
    }
  }

  #container(projectId: string): Promise<Container> {
    const id = isInbox(projectId) ? 'inbox' : projectId;
    const known = this.#projects.get(id);
    if (known !== undefined) return known;
    const container = readContainer(id, this.#call);
    this.#projects.set(id, container);
    return container;
  }
}
