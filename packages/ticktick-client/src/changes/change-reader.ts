import type { CallOptions } from '@context-sdk/oauth-core';
import type { ProjectData } from '../projects/project.ts';
import { Projects } from '../projects/projects.ts';
import { KnownProjects } from '../tasks/known-projects.ts';
import { TaskLists } from '../tasks/lists/task-lists.ts';
import { OfficialRoutes } from '../tasks/official-routes.ts';
import type { Task } from '../tasks/task.ts';
import { Transport } from '../transport/transport.ts';

/** Reads what a poll needs, and counts what it costs. */
export class ChangeReader {
  /** Requests so far. */
  requests = 0;
  readonly #options: CallOptions;
  readonly #routes: OfficialRoutes;
  readonly #projects: Projects;
  readonly #lists: TaskLists;

  constructor(transport: Transport, options: CallOptions) {
    const counting = new Transport((operation, call) => {
      this.requests += 1;
      return transport.send(operation, call);
    });
    this.#options = options;
    this.#projects = new Projects(counting, new KnownProjects());
    this.#routes = new OfficialRoutes(counting, this.#projects);
    this.#lists = new TaskLists(counting, this.#projects, options);
  }

  async open(): Promise<Task[]> {
    const tasks: Task[] = [];
    for await (const task of this.#routes.open(this.#options)) tasks.push(task);
    return tasks;
  }

  task(id: string, projectId: string): Promise<Task> {
    return this.#routes.get(id, projectId, this.#options);
  }

  projectData(projectId: string): Promise<ProjectData | undefined> {
    return this.#projects.findData(projectId, this.#options);
  }

  /** The last 200 tasks completed since then. */
  completedSince(from: number): Promise<Task[]> {
    const wholeSecond = Math.floor(from / 1000) * 1000;
    return this.#lists.completed({ from: wholeSecond, to: Date.now() + 24 * 3_600_000 });
  }
}
