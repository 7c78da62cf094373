import { type Task, TaskPriority } from '../task.ts';
import { listCompleted } from './list-completed.ts';
import { type Criteria, fits, wireFilter } from './task-filter.ts';
import type { TaskLists } from './task-lists.ts';
import { CAP } from './task-query.ts';

/** Ways to make a filter's answer smaller, each tried where the one before did not suffice. */
const SPLITS: ((lists: TaskLists, criteria: Criteria) => Promise<Criteria[]>)[] = [
  async (lists, criteria) =>
    (await lists.projectIds(criteria.projectIds)).map((id) => ({ ...criteria, projectIds: [id] })),
  async (_lists, criteria) => criteria.status.map((status) => ({ ...criteria, status: [status] })),
  async (_lists, criteria) =>
    (criteria.priority ?? Object.values(TaskPriority)).map((priority) => ({
      ...criteria,
      priority: [priority],
    })),
];

/** Everything by the routes that can be read to the end, filtered here. */
async function* exhaustive(lists: TaskLists, criteria: Criteria): AsyncGenerator<Task> {
  const projectIds = criteria.projectIds ?? [];
  if (criteria.status.includes(0)) {
    for await (const task of lists.open(projectIds)) if (fits(task, criteria)) yield task;
  }
  if (criteria.status.includes(2)) {
    const ever = { from: 0, to: Date.now() + 24 * 3_600_000 };
    for await (const task of listCompleted(lists, ever, projectIds)) if (fits(task, criteria)) yield task;
  }
}

/** Tasks that fit; one may come more than once. */
export async function* listFiltered(lists: TaskLists, criteria: Criteria, depth = 0): AsyncGenerator<Task> {
  const tasks = await lists.filter(wireFilter(criteria));
  if (tasks.length < CAP) {
    yield* tasks;
    return;
  }
  const split = SPLITS[depth];
  if (split === undefined) {
    yield* exhaustive(lists, criteria);
    return;
  }
  for (const smaller of await split(lists, criteria)) yield* listFiltered(lists, smaller, depth + 1);
}
