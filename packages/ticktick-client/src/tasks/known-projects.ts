const MOST = 10_000;

/** Remembers in which project a task was last seen, for the last 10,000 tasks. */
export class KnownProjects {
  readonly #projects = new Map<string, string>();

  get(taskId: string): string | undefined {
    return this.#projects.get(taskId);
  }

  remember<T extends { id: string; projectId: string }>(task: T): T {
    this.#projects.delete(task.id);
    this.#projects.set(task.id, task.projectId);
    if (this.#projects.size > MOST) {
      for (const oldest of this.#projects.keys()) {
        this.#projects.delete(oldest);
        break;
      }
    }
    return task;
  }

  forget(taskId: string): void {
    this.#projects.delete(taskId);
  }

  forgetProject(projectId: string): void {
    for (const [taskId, project] of this.#projects) if (project === projectId) this.forget(taskId);
  }
}
