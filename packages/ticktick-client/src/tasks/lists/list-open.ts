import type { Dialect, TickTickCall } from '../../operations.ts';
import { allProjectIds, openTasksOfEach } from '../project-tasks.ts';
import { type Task, TaskStatus } from '../task.ts';
import { MAX_LISTED, once, query } from './queries.ts';

/** At most 200 open tasks; exactly 200 can mean that there are more. The guide's dialect returns every task. */
export function queryOpen(call: TickTickCall): Promise<Task[]> {
  return query('tasks.listOpen', { status: [TaskStatus.open] }, call);
}

function isOpen({ status = TaskStatus.open }: Task): boolean {
  return status === TaskStatus.open;
}

async function* byProject(queried: readonly Task[], call: TickTickCall): AsyncGenerator<Task> {
  const projectIds = await allProjectIds(call);
  const isListed = ({ projectId }: Task): boolean =>
    projectIds.includes(projectId.startsWith('inbox') ? 'inbox' : projectId);
  yield* queried.filter((task) => !isListed(task));
  yield* openTasksOfEach(projectIds, call);
}

/**
 * Every open task, each once. One request below 200; from there on the query's response is cut off, and the tasks are
 * collected project by project: projects + 3 requests.
 */
export async function* listOpen(dialect: Dialect, call: TickTickCall): AsyncGenerator<Task> {
  const queried = await queryOpen(call);
  if (!dialect.hasProjects) yield* queried.filter(isOpen);
  else yield* queried.length < MAX_LISTED ? queried : once(byProject(queried, call));
}
