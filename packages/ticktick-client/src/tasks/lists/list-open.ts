import type { CallOptions } from '@context-sdk/oauth-core';
import { everyProjectId } from '../../projects/every-project-id.ts';
import type { Projects } from '../../projects/projects.ts';
import { mapAhead } from '../../transport/map-ahead.ts';
import type { Task } from '../task.ts';
import { once } from './once.ts';
import { CAP } from './task-query.ts';

const AT_ONCE = 4;

/** The open tasks of a project; one that was deleted since it was listed has none. */
async function openTasksOf(projects: Projects, projectId: string, options?: CallOptions): Promise<Task[]> {
  return (await projects.findData(projectId, options))?.tasks ?? [];
}

/** The open tasks of the given projects, page by page: this route has no cap. */
export function openByProjects(
  projects: Projects,
  projectIds: readonly string[],
  options?: CallOptions,
): AsyncIterable<Task[]> {
  return mapAhead(projectIds, AT_ONCE, (id) => openTasksOf(projects, id, options));
}

function isOf(projectIds: readonly string[], { projectId }: Task): boolean {
  return projectIds.includes(projectId.startsWith('inbox') ? 'inbox' : projectId);
}

async function* openByProject(
  filtered: readonly Task[],
  projects: Projects,
  options?: CallOptions,
): AsyncGenerator<Task> {
  const projectIds = await everyProjectId(projects, options);
  yield* filtered.filter((task) => !isOf(projectIds, task));
  for await (const tasks of openByProjects(projects, projectIds, options)) yield* tasks;
}

/**
 * Every open task, each once. One request while there are fewer than 200; past that the filter's answer is cut
 * off, and the tasks are collected project by project: projects + 3 requests.
 */
export async function* listOpen(
  filterOpen: () => Promise<Task[]>,
  projects: Projects,
  options?: CallOptions,
): AsyncGenerator<Task> {
  const filtered = await filterOpen();
  yield* filtered.length < CAP ? filtered : once(openByProject(filtered, projects, options));
}
