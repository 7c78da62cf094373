import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../operations.ts';
import { skip } from './skipped.ts';
import { type Task, TASK_MEMBERS } from './task.ts';

type Row = Record<string, unknown>;

const FIELDS: readonly (readonly [names: string, fits: (value: unknown) => boolean])[] = [
  [
    'content desc kind timeZone repeatFlag repeatFrom parentId columnId columnName assigneeUsername assignor etag',
    (value) => typeof value === 'string',
  ],
  [
    'startDate dueDate completedTime createdTime modifiedTime',
    (value) => typeof value === 'string' && value !== '',
  ],
  ['status priority sortOrder progress etimestamp', (value) => typeof value === 'number'],
  ['isAllDay isFloating', (value) => typeof value === 'boolean'],
  ['reminders tags childIds', (value) => isListOf(value, (item) => typeof item === 'string')],
  ['items', (value) => isListOf(value, isObject)],
];

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}

/** The task without the fields that TickTick filled with something else than their type: they count as absent. */
function withoutMisfits(row: Row): Row {
  const task = { ...row, title: typeof row['title'] === 'string' ? row['title'] : '' } as Row;
  for (const [names, fits] of FIELDS) {
    for (const name of names.split(' ')) if (name in task && !fits(task[name])) delete task[name];
  }
  return task;
}

/** The task of a response. Throws {@link UnexpectedResponseError} if it has no id or no project. */
export function taskFrom(response: ServiceResponse): Task {
  return withoutMisfits(response.object<Row & Task>(TASK_MEMBERS)) as unknown as Task;
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
    const task = isObject(row) ? withoutMisfits({ ...row, projectId: row['projectId'] || projectId }) : {};
    if (task['id'] && typeof task['id'] === 'string' && typeof task['projectId'] === 'string') {
      return [task as unknown as Task];
    }
    skip(call, { reason: 'unreadable', row });
    return [];
  });
}
