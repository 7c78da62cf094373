import { InvalidRequestError } from '@context-sdk/oauth-core';
import { instantOfWireDate } from '../../dates/task-dates.ts';
import { type DateInput, toInstant, wireForm } from '../../dates/wire-date.ts';
import { type Task, TaskPriority, type TaskStatus } from '../task.ts';
import { checkedProjectIds } from './task-query.ts';

/** What a task has to be like. Whatever is left out does not matter, but `status` is open where it is. */
export interface TaskFilter {
  /** `inbox` is the inbox. */
  projectIds?: readonly string[] | undefined;
  /** Bounds of the task's start, both included. */
  startFrom?: DateInput | undefined;
  startTo?: DateInput | undefined;
  priority?: readonly TaskPriority[] | undefined;
  /** All of them. */
  tags?: readonly string[] | undefined;
  kind?: readonly ('TASK' | 'NOTE' | 'CHECKLIST')[] | undefined;
  /** Open and completed; TickTick does not find abandoned ones. */
  status?: readonly Exclude<TaskStatus, -1>[] | undefined;
}

/** A filter that was checked, with dates in epoch milliseconds. */
export interface Criteria extends Omit<TaskFilter, 'startFrom' | 'startTo'> {
  status: readonly Exclude<TaskStatus, -1>[];
  startFrom?: number | undefined;
  startTo?: number | undefined;
}

function checkValues(values: readonly number[] | undefined, known: readonly number[], field: string): void {
  if (values === undefined || values.every((value) => known.includes(value))) return;
  throw new InvalidRequestError(`${field} may hold ${known.join(', ')}.`, { service: 'ticktick', field });
}

export function checkedFilter(filter: TaskFilter): Criteria {
  const { startFrom, startTo, status = [0], priority, projectIds, ...rest } = filter;
  checkValues(status, [0, 2], 'status');
  checkValues(priority, Object.values(TaskPriority), 'priority');
  return {
    ...rest,
    status,
    priority,
    projectIds: checkedProjectIds(projectIds),
    startFrom: startFrom === undefined ? undefined : toInstant(startFrom, 'startFrom'),
    startTo: startTo === undefined ? undefined : toInstant(startTo, 'startTo'),
  };
}

/** The criteria in TickTick's form. Undefined members are not sent. */
export function wireFilter({
  projectIds,
  startFrom,
  startTo,
  priority,
  tags,
  kind,
  status,
}: Criteria): object {
  return {
    projectIds,
    startDate: startFrom === undefined ? undefined : wireForm(startFrom),
    endDate: startTo === undefined ? undefined : wireForm(startTo),
    priority,
    tag: tags,
    kind,
    status,
  };
}

function includes<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}

/** Whether a task is what the filter asks for, projects aside, for tasks that came by another route. */
export function fits(task: Task, criteria: Criteria): boolean {
  const { startFrom = Number.NEGATIVE_INFINITY, startTo = Number.POSITIVE_INFINITY, tags = [] } = criteria;
  const hasBounds = criteria.startFrom !== undefined || criteria.startTo !== undefined;
  const start = instantOfWireDate(task.startDate) ?? Number.NaN;
  const kind = task.kind === undefined || task.kind === 'TEXT' ? 'TASK' : task.kind;
  return (
    includes<number>(criteria.status, task.status ?? 0) &&
    includes<number>(criteria.priority, task.priority ?? 0) &&
    includes<string>(criteria.kind, kind) &&
    tags.every((tag) => task.tags?.includes(tag)) &&
    (!hasBounds || (start >= startFrom && start <= startTo))
  );
}
