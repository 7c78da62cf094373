import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { asSent, isName, readFields, unread } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import { readRow, type RowShape } from '../rows.ts';
import { skip } from '../skipped.ts';
import { type Task, TASK_MEMBERS } from './task.ts';

type Row = Record<string, unknown>;

const ITEM: RowShape = {
  key: '',
  text: 'title',
  fields: {
    string: 'id timeZone',
    date: 'startDate completedTime',
    number: 'status sortOrder',
    boolean: 'isAllDay',
  },
};

/** A task without an id is reported where lists are read. */
export const TASK: RowShape<Task> = {
  key: '',
  text: 'title',
  fields: {
    string:
      'content desc kind timeZone repeatFlag repeatFrom parentId columnId columnName assigneeUsername assignor etag',
    date: 'startDate dueDate completedTime createdTime modifiedTime',
    number: 'status priority sortOrder progress etimestamp',
    boolean: 'isAllDay isFloating',
    'string[]': 'reminders tags childIds',
  },
  lists: { items: ITEM },
};

/** The task of a response. Throws {@link UnexpectedResponseError} if it has no id or no project. */
export function taskFrom(response: ServiceResponse): Task {
  const task = readFields(response.object<Row & Task>(TASK_MEMBERS), TASK);
  for (const place of unread.get(task) ?? []) response.skip(place);
  return task;
}

/**
 * The tasks of a list; `null` is an empty list. A row without an id or a project is reported, and doesn't cost the others.
 * In a project's own list, and at gateways, rows can lack the project: `projectId` stands in.
 */
export function tasksFrom(response: ServiceResponse, call: TickTickCall, projectId?: string): Task[] {
  if (response.value === null) return [];
  const rows: unknown = response.value;
  if (!Array.isArray(rows)) return response.list<Task>();
  const tasks = rows.flatMap((row: unknown, index) => {
    const task = isObject(row)
      ? readRow<Task>({ ...row, projectId: row['projectId'] || projectId }, TASK)
      : undefined;
    const isWhole = isName(task?.id) && (task?.projectId === '' || isName(task?.projectId));
    if (task !== undefined && isWhole) {
      for (const place of unread.get(task) ?? []) response.skip(`[${index}].${place}`);
      return [task];
    }
    response.skip(index);
    skip(call, { reason: 'unreadable', row });
    return [];
  });
  if (tasks.length < rows.length) asSent.set(tasks, rows);
  return tasks;
}
