import type { Dialect, TickTickCall } from '../../operations.ts';
import { allProjectIds, openTasksOfEach } from '../project-tasks.ts';
import { tasksFrom } from '../read-tasks.ts';
import { type Task, TaskStatus } from '../task.ts';
import { MAX_LISTED, once, query } from './queries.ts';

/** Every task of a gateway in the guide's dialect, also completed ones. */
export async function queryGateway(call: TickTickCall): Promise<Task[]> {
  return tasksFrom(await call.send('tasks.listOpen', {}), call, '');
}

/** At most 200 open tasks; exactly 200 can mean that there are more. */
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
  if (!dialect.hasProjects) {
    yield* (await queryGateway(call)).filter(isOpen);
    return;
  }
  const queried = await queryOpen(call);
  yield* queried.length < MAX_LISTED ? queried : once(byProject(queried, call));
}
