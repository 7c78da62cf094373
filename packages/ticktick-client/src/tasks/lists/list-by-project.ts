import type { TickTickCall } from '../../operations.ts';
import { isInbox, listedProjects, openTasksOfEach } from '../project-tasks.ts';
import type { Task } from '../task.ts';

/** The query's tasks of projects that are not listed, and every other project's own. */
export async function* byProject(
  queried: readonly Task[],
  call: TickTickCall,
  includesClosed: boolean,
): AsyncGenerator<Task> {
  const { open, closed } = await listedProjects(call);
  const isListed = ({ projectId }: Task): boolean =>
    open.includes(isInbox(projectId) ? 'inbox' : projectId) || closed.includes(projectId);
  yield* queried.filter((task) => !isListed(task));
  yield* openTasksOfEach(includesClosed ? [...open, ...closed] : open, call);
}

/** Below the cap, the query has all but the tasks of archived projects. */
export async function* withClosed(queried: readonly Task[], call: TickTickCall): AsyncGenerator<Task> {
  yield* queried;
  yield* openTasksOfEach((await listedProjects(call)).closed, call);
}
