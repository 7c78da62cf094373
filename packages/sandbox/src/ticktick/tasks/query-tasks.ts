import { DAY_MS } from '../../time/clock.ts';
import { fromWallTime, toWallTime } from '../../time/zoned-time.ts';
import type { AccountData } from '../account-data.ts';
import { taskNotFound, unknownException } from '../api-call.ts';
import type { Task } from '../task.ts';

/** The most rows in one answer; the rest is silently left out. */
export const MAX_ROWS = 200;

/** What tasks to list; an undefined condition excludes nothing. */
export interface TaskQuery {
  /** Project ids; `inbox` stands for the inbox. */
  readonly projectIds?: readonly string[] | undefined;
  readonly statuses?: readonly number[] | undefined;
  readonly priorities?: readonly number[] | undefined;
  /** Names, not labels: all of them must be there. */
  readonly tags?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly taskIds?: readonly string[] | undefined;
  readonly start?: DateRange | undefined;
  readonly due?: DateRange | undefined;
  readonly completed?: DateRange | undefined;
}

/** Both bounds are inclusive; a missing one is open. */
export interface DateRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Tasks that lists may show: neither those of archived projects, nor those of projects out of reach. */
export function queryListed(data: AccountData, query: TaskQuery): Task[] {
  return queryTasks(data, query).filter(({ projectId }) => {
    const isClosed = data.projects.get(projectId)?.closed === true;
    return !isClosed && !data.lostProjects.has(projectId);
  });
}

export function queryTasks(data: AccountData, query: TaskQuery): Task[] {
  const projectIds = query.projectIds?.map((id) => data.resolveInbox(id));
  return [...data.listedTasks()].filter(
    (task) =>
      includes(projectIds, task.projectId) &&
      includes(query.statuses, task.status) &&
      includes(query.priorities, task.priority) &&
      includes(query.taskIds, task.id) &&
      includes(query.kinds, task.kind) &&
      (query.tags ?? []).every((tag) => task.tags?.includes(tag) ?? false) &&
      isWithin(task.startDate, query.start) &&
      isWithin(dueOf(task), query.due) &&
      isWithin(task.completedTime, query.completed),
  );
}

/** Where the last day of an all-day span begins, whose due date is the midnight after it. */
function dueOf({ isAllDay, startDate, dueDate, timeZone }: Task): number | undefined {
  const isSpan = isAllDay && startDate !== undefined && dueDate !== undefined && dueDate > startDate;
  return isSpan ? startOfDay(dueDate - 1, timeZone) : dueDate;
}

function startOfDay(instant: number, timeZone: string): number {
  return fromWallTime(Math.floor(toWallTime(instant, timeZone) / DAY_MS) * DAY_MS, timeZone);
}

function includes<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.includes(value);
}

/** Without bounds every date fits, a missing one too. */
function isWithin(date: number | undefined, range: DateRange | undefined): boolean {
  if (range?.from === undefined && range?.to === undefined) return true;
  if (date === undefined) return false;
  return date >= (range.from ?? date) && date <= (range.to ?? date);
}

/** The task with that id in that project (`inbox` is understood), deleted or not. */
export function findTask(data: AccountData, projectId: string, taskId: string): Task | undefined {
  const task = data.tasks.get(taskId);
  return task?.projectId === data.resolveInbox(projectId) ? task : undefined;
}

/** The same for an operation that answers the task. A deleted project fails in its own way. */
export function getTask(data: AccountData, projectId: string, taskId: string): Task {
  if (data.deletedProjects.has(projectId)) throw unknownException();
  const task = findTask(data, projectId, taskId);
  if (!task) throw taskNotFound();
  return task;
}
