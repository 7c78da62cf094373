import { mapAhead, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { type TickTickCall, WITH_ID } from '../operations.ts';
import { type Task, TASK_MEMBERS } from './task.ts';

/** Projects that are read at the same time. */
const CONCURRENCY = 4;

/** The inbox, which TickTick does not list, and every project. */
export async function allProjectIds(call: TickTickCall): Promise<string[]> {
  const projects = (await call.send('projects.list', {})).list<{ id: string }>(WITH_ID);
  return ['inbox', ...projects.map(({ id }) => id)];
}

/** The open tasks in a project's data; undefined for an unknown project, for which TickTick answers 200 and `{}`. */
export function readProjectTasks(response: ServiceResponse): Task[] | undefined {
  if (response.value === undefined || Object.keys(response.object()).length === 0) return undefined;
  return response.member('tasks', []).list<Task>(TASK_MEMBERS);
}

/** A project's open tasks, without a cap; undefined for an unknown project. */
export async function openTasksOf(projectId: string, call: TickTickCall): Promise<Task[] | undefined> {
  return readProjectTasks(await call.send('projects.data', { params: { projectId } }));
}

/** The open tasks of the given projects, without a cap. A project that was deleted since it was listed has none. */
export async function* openTasksOfEach(
  projectIds: readonly string[],
  call: TickTickCall,
): AsyncGenerator<Task> {
  const projects = mapAhead(projectIds, CONCURRENCY, (projectId) => openTasksOf(projectId, call));
  for await (const tasks of projects) yield* tasks ?? [];
}
