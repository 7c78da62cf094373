import { DAY_MS } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../../operations.ts';
import { listedProjects, openTasksOfEach } from '../project-tasks.ts';
import { type Task, TaskPriority, TaskStatus } from '../task.ts';
import { matches, wireFilter } from './filtering.ts';
import { listCompleted } from './list-completed.ts';
import { isCutOff, query } from './queries.ts';
import type { Criteria } from './task-filter.ts';

/** Ways to make a filter's response smaller; each is used if the one before did not suffice. */
const SPLITS: ((criteria: Criteria, call: TickTickCall) => Promise<Criteria[]>)[] = [
  async (criteria, call) =>
    (criteria.projectIds ?? (await listedProjects(call)).open).map((id) => ({
      ...criteria,
      projectIds: [id],
    })),
  async (criteria) => criteria.status.map((status) => ({ ...criteria, status: [status] })),
  async (criteria) =>
    (criteria.priority ?? Object.values(TaskPriority)).map((priority) => ({
      ...criteria,
      priority: [priority],
    })),
];

/** Everything from the routes that can be read to the end, filtered here. */
async function* exhaustive(criteria: Criteria, call: TickTickCall): AsyncGenerator<Task> {
  const covered = criteria.projectIds ?? [];
  if (criteria.status.includes(TaskStatus.open)) {
    for await (const task of openTasksOfEach(covered, call)) if (matches(task, criteria)) yield task;
  }
  if (criteria.status.includes(TaskStatus.completed)) {
    const ever = { from: 0, to: Date.now() + DAY_MS };
    for await (const task of listCompleted(ever, covered, call)) if (matches(task, criteria)) yield task;
  }
}

/** Tasks that match; the same one can be listed more than once. */
export async function* listFiltered(criteria: Criteria, call: TickTickCall, depth = 0): AsyncGenerator<Task> {
  const tasks = await query('tasks.filter', wireFilter(criteria), call);
  // Also of one that is cut off: its tasks can be of projects that are not listed.
  yield* tasks;
  if (!isCutOff(tasks)) return;
  const split = SPLITS[depth];
  if (split === undefined) {
    yield* exhaustive(criteria, call);
    return;
  }
  for (const smaller of await split(criteria, call)) yield* listFiltered(smaller, call, depth + 1);
}
