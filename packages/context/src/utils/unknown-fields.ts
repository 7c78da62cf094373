import { type Task, taskDueDate, taskStartDate, unreadFields } from '@context-sdk/ticktick-client';

type TaskField = 'due' | 'status' | 'title';

/** TickTick's names for what says each of these. */
const FIELDS: Readonly<Record<TaskField, ReadonlySet<string>>> = {
  title: new Set(['title']),
  status: new Set(['status', 'repeatFlag']),
  due: new Set(['startDate', 'dueDate', 'isAllDay', 'isFloating', 'timeZone', 'repeatFlag']),
};

/** -1 abandoned, 0 open, 2 completed; 1 occurs, and is done, too. */
const STATUSES: ReadonlySet<number> = new Set([-1, 0, 1, 2]);

/** What of a task came in a form that can't be read: nothing may be changed because of it. */
export function unknownFields(task: Task): ReadonlySet<TaskField> {
  const unread = unreadFields(task);
  const unknown = new Set<TaskField>();
  for (const field of ['title', 'status', 'due'] as const)
    if (unread.some((place) => FIELDS[field].has(place))) unknown.add(field);
  if (!STATUSES.has(task.status ?? 0)) unknown.add('status');
  if (task.startDate && taskStartDate(task) === undefined) unknown.add('due');
  if (task.dueDate && taskDueDate(task) === undefined) unknown.add('due');
  return unknown;
}
