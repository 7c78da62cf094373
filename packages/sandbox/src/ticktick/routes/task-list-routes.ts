import { DAY_MS } from '../../time/clock.ts';
import { type ApiCall, type ApiRoute, reading } from '../api-call.ts';
import { readDate, readNumbers, readObject, readString, readStrings } from '../read-json.ts';
import type { Task } from '../task.ts';
import { listedTask } from '../tasks/absent-fields.ts';
import { MAX_ROWS, queryListed, queryTasks } from '../tasks/query-tasks.ts';
import { taskToWire } from '../tasks/task-to-wire.ts';

const MAX_RANGE_MS = 14 * DAY_MS;

/** Lists of tasks. None has a cursor; three are cut at 200 rows. */
export const TASK_LIST_ROUTES: readonly ApiRoute[] = [
  reading('task.filter', 'POST /task/filter', filter),
  reading('task.completed', 'POST /task/completed', completed),
  reading('task.undone', 'POST /task/undone', undone),
  reading('task.search', 'POST /task/search', search),
];

/**
 * Not those of archived projects. Without `status` it lists open, completed and abandoned tasks (one live report; another says open ones only). A
 * status of -1 is not honored. The kind TASK means TEXT.
 */
function filter(call: ApiCall): object[] {
  const body = readObject(call.body);
  const tasks = queryListed(call.data, {
    projectIds: readStrings(body, 'projectIds'),
    statuses: readNumbers(body, 'status')?.filter((status) => status !== -1),
    priorities: readNumbers(body, 'priority'),
    tags: readStrings(body, 'tag'),
    kinds: readStrings(body, 'kind')?.map((kind) => (kind === 'TASK' ? 'TEXT' : kind)),
    start: { from: readDate(body, 'startDate'), to: readDate(body, 'endDate') },
  });
  return toWire(call, tasks.slice(0, MAX_ROWS));
}

/** Newest first. */
function completed(call: ApiCall): object[] {
  const body = readObject(call.body);
  const tasks = queryTasks(call.data, {
    projectIds: readStrings(body, 'projectIds'),
    statuses: [2],
    completed: { from: readDate(body, 'startDate'), to: readDate(body, 'endDate') },
  });
  const newestFirst = tasks.toSorted((a, b) => (b.completedTime ?? 0) - (a.completedTime ?? 0));
  return toWire(call, newestFirst.slice(0, MAX_ROWS));
}

/** Open tasks that are due in a range of at most 14 days; any other range has none. */
function undone(call: ApiCall): object[] {
  const body = readObject(call.body);
  const from = readDate(body, 'startDate');
  const to = readDate(body, 'endDate');
  if (from === undefined || to === undefined || to < from || to - from > MAX_RANGE_MS) return [];
  const tasks = queryListed(call.data, {
    projectIds: readStrings(body, 'projectIds'),
    taskIds: readStrings(body, 'taskIds'),
    statuses: [0],
    due: { from, to },
  });
  return toWire(call, tasks.slice(0, MAX_ROWS));
}

/** In title and content; blank keywords find nothing. */
function search(call: ApiCall): object[] {
  const body = readObject(call.body);
  const keywords = (readString(body, 'keywords') ?? '').trim().toLowerCase();
  if (keywords === '') return [];
  const tasks = queryListed(call.data, {
    projectIds: readStrings(body, 'projectIds'),
    tags: readStrings(body, 'tags'),
    statuses: readNumbers(body, 'status'),
    due: { from: readDate(body, 'dueFrom'), to: readDate(body, 'dueTo') },
  });
  const found = tasks.filter((task) =>
    `${task.title}\n${task.content ?? ''}`.toLowerCase().includes(keywords),
  );
  return toWire(call, found);
}

function toWire({ data }: ApiCall, tasks: readonly Task[]): object[] {
  return tasks.map((task) => listedTask(taskToWire(data, task), data.absentFields));
}
