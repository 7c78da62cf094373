import { wireForm } from '../../dates/date-input.ts';
import { readWireDate } from '../../dates/task-dates.ts';
import type { Task } from '../task.ts';
import type { Criteria } from './task-filter.ts';

/** The criteria in TickTick's form. Undefined members are not sent. */
export function wireFilter({ startFrom, startTo, tags, ...rest }: Criteria): object {
  return {
    ...rest,
    startDate: startFrom === undefined ? undefined : wireForm(startFrom),
    endDate: startTo === undefined ? undefined : wireForm(startTo),
    tag: tags,
  };
}

function includes<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}

/** Whether a task of another route matches the criteria, apart from its project. */
export function matches(task: Task, criteria: Criteria): boolean {
  const { startFrom = Number.NEGATIVE_INFINITY, startTo = Number.POSITIVE_INFINITY, tags = [] } = criteria;
  const hasBounds = criteria.startFrom !== undefined || criteria.startTo !== undefined;
  const start = readWireDate(task.startDate) ?? Number.NaN;
  const kind = task.kind === undefined || task.kind === 'TEXT' ? 'TASK' : task.kind;
  return (
    includes<number>(criteria.status, task.status ?? 0) &&
    includes<number>(criteria.priority, task.priority ?? 0) &&
    includes<string>(criteria.kind, kind) &&
    tags.every((tag) => task.tags?.some((name) => name.toLowerCase() === tag)) &&
    (!hasBounds || (start >= startFrom && start <= startTo))
  );
}
