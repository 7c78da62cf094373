import type { CallOptions } from '@context-sdk/oauth-core';
import { everyProjectId } from '../projects/every-project-id.ts';
import type { Projects } from '../projects/projects.ts';
import { unlessNotFound } from '../transport/unless-not-found.ts';
import { taskNotFound } from './answers.ts';
import type { Task } from './task.ts';

/** The requests that finding a task takes. */
export interface TaskProbe {
  filterOpen(): Promise<Task[]>;
  get(projectId: string): Promise<Task>;
}

/**
 * Finds a task by its id alone, which TickTick has no route for: among the open tasks in one request, else by
 * asking project after project, which also finds completed and abandoned ones. `tried` is a project that has
 * been asked already. At most projects + 3 requests, that one included.
 */
export async function locate(
  id: string,
  tried: string | undefined,
  probe: TaskProbe,
  projects: Projects,
  options?: CallOptions,
): Promise<Task> {
  if (tried === undefined) {
    const open = (await probe.filterOpen()).find((task) => task.id === id);
    if (open !== undefined) return open;
  }
  for (const projectId of await everyProjectId(projects, options)) {
    if (projectId === tried) continue;
    const task = await unlessNotFound(probe.get(projectId));
    if (task !== undefined) return task;
  }
  throw taskNotFound(id);
}
