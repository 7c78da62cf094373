import type { ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { ApiError, NotFoundError } from '@context-sdk/oauth-core/errors';
import { isId } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import type { Skipped } from '../skipped.ts';
import { readTask } from '../tasks/find-task.ts';
import {
  allProjectIds,
  type Container,
  hasUnreadable,
  isInbox,
  isOutOfReach,
  isSameProject,
  listedProjects,
  readContainer,
} from '../tasks/project-tasks.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';

/** What happened to a task that is no longer listed as open. */
export type Fate =
  | { kind: 'completed'; task: Task }
  /** With the task as it was, if TickTick still shows it. */
  | { kind: 'deleted'; projectId: string; task?: Task }
  | { kind: 'open'; task: Task; isArchived: boolean }
  /** It was being moved, its project is out of reach, or rows of it can't be read: a later poll will settle it. */
  | { kind: 'unclear' }
  /** It isn't where it was, but can have been moved to a project that is out of reach. */
  | { kind: 'hidden'; projectId: string };

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

/** Finds out what happened to vanished tasks, reading each project once. */
export class Vanished {
  readonly #call: TickTickCall;
  readonly #skipped: readonly Skipped[];
  readonly #projects = new Map<string, Promise<Container>>();
  #hidden: Promise<string[]> | undefined;
  #archived: Promise<string[]> | undefined;

  /** `skipped` is what the list of open tasks left out. */
  constructor(call: TickTickCall, skipped: readonly Skipped[]) {
    this.#call = call;
    this.#skipped = skipped;
  }

  /** What became of a task that was last seen in this project. It can have been moved to where the list could not look. */
  async fateOf(id: string, projectId: string): Promise<Fate> {
    const fate = await this.#fateFrom(id, projectId);
    if (fate.kind !== 'deleted') return fate;
    for (const hidden of await this.#placesToLook(fate)) {
      const there = isSameProject(hidden, projectId) ? undefined : await this.#fateThere(id, hidden);
      if (there === 'unclear') return { ...fate, kind: 'hidden' };
      if (there !== undefined) return there;
    }
    return fate;
  }

  /**
   * Where a task can be that isn't in the list. TickTick returns a deleted task by its id. So one that it doesn't find in a project that
   * is there can have been moved into a project that was archived afterwards.
   */
  async #placesToLook({ projectId, task }: Extract<Fate, { kind: 'deleted' }>): Promise<string[]> {
    const hidden = await (this.#hidden ??= this.#hiddenProjects());
    const { state } = await this.#container(projectId);
    if (task !== undefined || state !== 'there') return hidden;
    return [...hidden, ...(await (this.#archived ??= this.#archivedProjects()))];
  }

  async #archivedProjects(): Promise<string[]> {
    return (await listedProjects(this.#call)).closed;
  }

  /** Projects that the list could not read. What the user may not read is no place to move a task to. */
  async #hiddenProjects(): Promise<string[]> {
    if (this.#skipped.some(({ reason }) => reason === 'unreadable')) return await allProjectIds(this.#call);
    return this.#skipped.flatMap((each) => (each.reason === 'unknown' ? [each.projectId] : []));
  }

  /** Undefined if it isn't there. */
  async #fateThere(id: string, projectId: string): Promise<Fate | 'unclear' | undefined> {
    const container = await this.#container(projectId);
    if (container.state === 'there') {
      const task = container.tasks.find((each) => each.id === id);
      if (task !== undefined) return { kind: 'open', task, isArchived: isArchived(container) };
      return hasUnreadable(container) ? 'unclear' : undefined;
    }
    if (container.state !== 'unknown') return undefined;
    return (await this.#read(id, projectId)) && 'unclear';
  }

  /**
   * TickTick still returns deleted tasks as they were, so a task that can be read may be deleted: it is, if it is open but
   * its project doesn't list it.
   */
  async #fateFrom(id: string, projectId: string): Promise<Fate> {
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
        return hasUnreadable(container)
          ? { kind: 'unclear' }
          : { kind: 'deleted', projectId: lookedIn, task };
      }
      lookedIn = task.projectId;
    }
    return { kind: 'unclear' };
  }

  async #read(id: string, projectId: string): Promise<Task | 'unclear' | undefined> {
    // Lists can contain rows whose ids can't be requested.
    if (!isId(id)) return undefined;
    try {
      return await readTask(id, projectId, this.#call);
    } catch (error) {
      if (error instanceof NotFoundError || isGoneWithProject(error)) return undefined;
      if (isOutOfReach(error)) return 'unclear';
      throw error;
    }
  }

  #container(projectId: string): Promise<Container> {
    if (!isId(projectId)) return Promise.resolve({ state: 'gone' });
    const id = isInbox(projectId) ? 'inbox' : projectId;
    const known = this.#projects.get(id);
    if (known !== undefined) return known;
    const container = readContainer(id, this.#call);
    this.#projects.set(id, container);
    return container;
  }
}
