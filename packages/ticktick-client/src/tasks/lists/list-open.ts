import type { CallOptions } from '@context-sdk/oauth-core';
import { everyProjectId } from '../../projects/every-project-id.ts';
import type { ProjectData } from '../../projects/project.ts';
import type { Projects } from '../../projects/projects.ts';
import { mapAhead } from '../../transport/map-ahead.ts';
import type { Task } from '../task.ts';
import { once } from './once.ts';
import { CAP } from './task-query.ts';

const AT_ONCE = 4;

/** The open tasks of the given projects: this route has no cap. One deleted since it was listed has none. */
export async function* openByProjects(
  projects: Projects,
  projectIds: readonly string[],
  options?: CallOptions,
): AsyncGenerator<Task> {
  const dataOf = (projectId: string): Promise<ProjectData | undefined> =>
    projects.findData(projectId, options);
  for await (const data of mapAhead(projectIds, AT_ONCE, dataOf)) yield* data?.tasks ?? [];
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
  yield* openByProjects(projects, projectIds, options);
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
