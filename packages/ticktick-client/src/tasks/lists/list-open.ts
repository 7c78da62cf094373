import type { Dialect, TickTickCall } from '../../operations.ts';
import { tasksFrom } from '../read-tasks.ts';
import { type Task, TaskStatus } from '../task.ts';
import { isCutOff, once, query } from './queries.ts';

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

/**
 * Every open task, each once. One request below 200; from there on the query's response is cut off, and the tasks are
 * collected project by project: projects + 3 requests. Both ways leave out, or include, the tasks of archived projects.
 */
export async function* listOpen(
  dialect: Dialect,
  call: TickTickCall,
  includesClosed: boolean = false,
): AsyncGenerator<Task> {
  if (!dialect.hasProjects) {
    yield* (await queryGateway(call)).filter(isOpen);
    return;
  }
  const queried = await queryOpen(call);
  const isCut = isCutOff(queried);
  if (!isCut && !includesClosed) {
    yield* queried;
    return;
  }
  const { byProject, withClosed } = await import('./list-by-project.ts');
  yield* once(isCut ? byProject(queried, call, includesClosed) : withClosed(queried, call));
}
