import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { checkedSpan, type DateInput, type Span, wireForm } from '../../dates/date-input.ts';
import { errors } from '../../errors.ts';
import { asSent, checkedIds } from '../../input.ts';
import type { OperationName, TickTickCall } from '../../operations.ts';
import { tasksFrom } from '../read-tasks.ts';
import type { Task } from '../task.ts';

/** TickTick silently cuts off lists of tasks here. */
export const MAX_LISTED = 200;

/** Whether a list may be cut off: rows that can't be read count, too. */
export function isCutOff(tasks: readonly Task[]): boolean {
  return (asSent.get(tasks) ?? tasks).length >= MAX_LISTED;
}

/** A range of time, both ends included. A calendar day stands for its beginning. */
export interface TaskRange {
  from: DateInput;
  to: DateInput;
  /** `inbox` is the inbox. Default: the inbox and every project. */
  projectIds?: readonly string[] | undefined;
}

/** Limits a query to these tasks and projects. Default: all. */
export interface QueryScope {
  projectIds?: readonly string[] | undefined;
  taskIds?: readonly string[] | undefined;
}

/** A name that is none would narrow nothing. */
const RANGE: OptionTypes<TaskRange> = { from: 'object|string', to: 'object|string', projectIds: 'list' };

/** A range, checked. `more` are members that only this list has. Throws {@link InvalidRequestError} naming the field. */
export function checkedRange(
  range: TaskRange & QueryScope,
  more?: OptionTypes<Pick<QueryScope, 'taskIds'>>,
): QueryScope & { span: Span } {
  checkOptions(range, { ...RANGE, ...more }, errors.invalid, 'range');
  return {
    span: checkedSpan(range),
    projectIds: checkedIds(range.projectIds, 'projectIds'),
    taskIds: checkedIds(range.taskIds, 'taskIds'),
  };
}

/** One request of a route that lists tasks. */
export async function query(name: OperationName, json: object, call: TickTickCall): Promise<Task[]> {
  return tasksFrom(await call.send(name, { json }), call);
}

/** Of a route that lists the tasks in a range of time. */
export function queryRange(
  name: 'tasks.listCompleted' | 'tasks.listDue',
  { from, to }: Span,
  scope: QueryScope,
  call: TickTickCall,
): Promise<Task[]> {
  return query(name, { startDate: wireForm(from), endDate: wireForm(to), ...scope }, call);
}

/** Each task once, in the order of its first appearance. */
export async function* once(tasks: AsyncIterable<Task>): AsyncGenerator<Task> {
  const seen = new Set<string>();
  for await (const task of tasks) {
    if (!seen.has(task.id)) yield task;
    seen.add(task.id);
  }
}
