import type { CallOptions } from '@context-sdk/oauth-core';
import type { Projects } from '../projects/projects.ts';
import { mapAhead } from '../transport/map-ahead.ts';
import type { OfficialRoutes } from './official-routes.ts';
import type { Task } from './task.ts';

/** Where TickTick's filter cuts its answer off without a word. */
const CAP = 200;
const AT_ONCE = 4;

/** The open tasks of a project; one that was deleted since it was listed has none. */
async function openTasksOf(projects: Projects, projectId: string, options?: CallOptions): Promise<Task[]> {
  return (await projects.findData(projectId, options))?.tasks ?? [];
}

function isOf(projectIds: readonly string[], { projectId }: Task): boolean {
  return projectIds.includes(projectId.startsWith('inbox') ? 'inbox' : projectId);
}

async function* openByProject(
  filtered: readonly Task[],
  projects: Projects,
  options?: CallOptions,
): AsyncGenerator<Task> {
  const projectIds = ['inbox', ...(await projects.list(options)).map(({ id }) => id)];
  yield* filtered.filter((task) => !isOf(projectIds, task));
  for await (const tasks of mapAhead(projectIds, AT_ONCE, (id) => openTasksOf(projects, id, options))) {
    yield* tasks;
  }
}

async function* once(tasks: AsyncIterable<Task>): AsyncGenerator<Task> {
  const seen = new Set<string>();
  for await (const task of tasks) {
    if (!seen.has(task.id)) yield task;
    seen.add(task.id);
  }
}

/**
 * Every open task, each once. One request while there are fewer than 200; past that the filter's answer is cut
 * off, and the tasks are collected project by project: projects + 3 requests.
 */
export async function* listOpen(
  routes: OfficialRoutes,
  projects: Projects,
  options?: CallOptions,
): AsyncGenerator<Task> {
  const filtered = await routes.filterOpen('tasks.listAll', options);
  yield* filtered.length < CAP ? filtered : once(openByProject(filtered, projects, options));
}
