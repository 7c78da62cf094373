import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';
import type { Projects } from '../projects/projects.ts';
import { taskNotFound } from './answers.ts';
import type { Task } from './task.ts';

/** What a call gives, or undefined where that is not there. */
export async function unlessNotFound<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

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
  const projectIds = ['inbox', ...(await projects.list(options)).map((project) => project.id)];
  for (const projectId of projectIds) {
    if (projectId === tried) continue;
    const task = await unlessNotFound(probe.get(projectId));
    if (task !== undefined) return task;
  }
  throw taskNotFound(id);
}
