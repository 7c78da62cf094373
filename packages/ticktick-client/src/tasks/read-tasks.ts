import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { type FieldNames, withoutMisfits } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import { skip } from './skipped.ts';
import { type Task, TASK_MEMBERS } from './task.ts';

type Row = Record<string, unknown>;

const FIELDS: FieldNames = {
  string:
    'content desc kind timeZone repeatFlag repeatFrom parentId columnId columnName assigneeUsername assignor etag',
  date: 'startDate dueDate completedTime createdTime modifiedTime',
  number: 'status priority sortOrder progress etimestamp',
  boolean: 'isAllDay isFloating',
  'string[]': 'reminders tags childIds',
  'object[]': 'items',
};

const ITEM_FIELDS: FieldNames = {
  string: 'id timeZone',
  date: 'startDate completedTime',
  number: 'status sortOrder',
  boolean: 'isAllDay',
};

/** The task of a response. Throws {@link UnexpectedResponseError} if it has no id or no project. */
export function taskFrom(response: ServiceResponse): Task {
  return withoutMisfits(response.object<Row & Task>(TASK_MEMBERS), FIELDS, 'title', ITEM_FIELDS);
}

/**
 * The tasks of a list; `null` is an empty list. A row without an id or a project is reported, and doesn't cost the others.
 * In a project's own list, and at gateways, rows can lack the project: `projectId` stands in.
 */
export function tasksFrom(response: ServiceResponse, call: TickTickCall, projectId?: string): Task[] {
  if (response.value === null) return [];
  const rows: unknown = response.value;
  if (!Array.isArray(rows)) return response.list<Task>();
  return rows.flatMap((row: unknown) => {
    const task = isObject(row)
      ? withoutMisfits<Row>(
          { ...row, projectId: row['projectId'] || projectId },
          FIELDS,
          'title',
          ITEM_FIELDS,
        )
      : {};
    if (task['id'] && typeof task['id'] === 'string' && typeof task['projectId'] === 'string') {
      return [task as unknown as Task];
    }
    skip(call, { reason: 'unreadable', row });
    return [];
  });
}
