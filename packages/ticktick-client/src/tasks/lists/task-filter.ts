import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { type DateInput, SECOND_MS, toInstant } from '../../dates/date-input.ts';
import { errors } from '../../errors.ts';
import { checkedIds, checkFields, checkOneOf } from '../../input.ts';
import { TaskPriority, TaskStatus } from '../task.ts';

/** What a task must match. */
export interface TaskFilter {
  /** `inbox` is the inbox. */
  projectIds?: readonly string[] | undefined;
  /** Bounds of the task's start, both included. */
  startFrom?: DateInput | undefined;
  startTo?: DateInput | undefined;
  priority?: readonly TaskPriority[] | undefined;
  /** The task has all of them. */
  tags?: readonly string[] | undefined;
  kind?: readonly ('TASK' | 'NOTE' | 'CHECKLIST')[] | undefined;
  /** TickTick doesn't find abandoned tasks. Default: open. */
  status?: readonly Exclude<TaskStatus, -1>[] | undefined;
}

/** A filter that was checked, with dates in epoch milliseconds. */
export interface Criteria extends Omit<TaskFilter, 'startFrom' | 'startTo'> {
  status: readonly Exclude<TaskStatus, -1>[];
  startFrom?: number | undefined;
  startTo?: number | undefined;
}

/** A name that is none would filter nothing. */
const MEMBERS: OptionTypes<TaskFilter> = {
  projectIds: 'list',
  startFrom: 'object|string',
  startTo: 'object|string',
  priority: 'list',
  tags: 'list',
  kind: 'list',
  status: 'list',
};

const FILTER_STATUS = { open: TaskStatus.open, completed: TaskStatus.completed };

/** An empty list is one that was left out. */
function given<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return Array.isArray(list) && list.length === 0 ? undefined : list;
}

/** The names of tags, which are lower case; labels are as typed. Filters compare names. */
export function tagNames(tags: readonly string[] | undefined): string[] | undefined {
  checkFields({ tags }, 'filter', { tags: 'string[]' });
  return given(tags)?.map((tag) => tag.toLowerCase());
}

/** Tasks start, and are due, in whole seconds, and TickTick reads no others: a bound between two is the one inside. */
export function inWholeSeconds(
  bound: DateInput | undefined,
  field: string,
  round: (seconds: number) => number,
): number | undefined {
  return bound === undefined ? undefined : round(toInstant(bound, field) / SECOND_MS) * SECOND_MS;
}

export function checkedFilter(filter: TaskFilter): Criteria {
  checkOptions(filter, MEMBERS, errors.invalid, 'filter');
  checkFields(filter, 'filter', { priority: 'number[]', status: 'number[]', kind: 'string[]' });
  const { startFrom, startTo, priority, projectIds, tags, kind } = filter;
  const status = given(filter.status) ?? [TaskStatus.open];
  for (const value of status) checkOneOf(value, FILTER_STATUS, 'status');
  for (const value of priority ?? []) checkOneOf(value, TaskPriority, 'priority');
  return {
    kind: given(kind),
    tags: tagNames(tags),
    status,
    priority: given(priority),
    projectIds: checkedIds(projectIds, 'projectIds'),
    startFrom: inWholeSeconds(startFrom, 'startFrom', Math.ceil),
    startTo: inWholeSeconds(startTo, 'startTo', Math.floor),
  };
}
