import { ApiError } from '@context-sdk/oauth-core';
import type { ProjectData } from '../projects/project.ts';
import { unlessNotFound } from '../transport/unless-not-found.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';
import type { ChangeReader } from './change-reader.ts';

/** What became of a task that is no longer listed as open. */
export type Fate =
  | { kind: 'completed'; task: Task }
  | { kind: 'deleted'; projectId: string }
  | { kind: 'open'; task: Task }
  /** It was on the move while it was looked for: the next poll will tell. */
  | { kind: 'unclear' };

const LOOKS = 3;

/** A task whose project was deleted is answered with HTTP 500 and this code. */
function isGoneWithProject(error: unknown): boolean {
  return error instanceof ApiError && error.serviceCode === 'unknown_exception';
}

/** Finds out what became of vanished tasks, with one look at each project. */
export class Vanished {
  readonly #reader: ChangeReader;
  readonly #projects = new Map<string, Promise<ProjectData | undefined>>();

  constructor(reader: ChangeReader) {
    this.#reader = reader;
  }

  /**
   * TickTick goes on reading deleted tasks as they were, so that reading one proves nothing: it is gone if it reads as
   * open and its project does not list it.
   */
  async fateOf(id: string, projectId: string): Promise<Fate> {
    let lookedIn = projectId;
    for (let look = 1; look <= LOOKS; look += 1) {
      const project = await this.#openIn(lookedIn);
      const listed = project?.tasks.find((open) => open.id === id);
      if (listed !== undefined) return { kind: 'open', task: listed };
      const task = project && (await this.#read(id, lookedIn));
      if (task === undefined) return { kind: 'deleted', projectId: lookedIn };
      if (task.status !== undefined && task.status !== TaskStatus.open) return { kind: 'completed', task };
      if (task.projectId === lookedIn) return { kind: 'deleted', projectId: lookedIn };
      lookedIn = task.projectId;
    }
    return { kind: 'unclear' };
  }

  async #read(id: string, projectId: string): Promise<Task | undefined> {
    try {
      return await unlessNotFound(this.#reader.task(id, projectId));
    } catch (error) {
      if (isGoneWithProject(error)) return undefined;
      throw error;
    }
  }

  #openIn(projectId: string): Promise<ProjectData | undefined> {
    const id = projectId.startsWith('inbox') ? 'inbox' : projectId;
    const known = this.#projects.get(id);
    if (known !== undefined) return known;
    const data = this.#reader.projectData(id);
    this.#projects.set(id, data);
    return data;
  }
}
