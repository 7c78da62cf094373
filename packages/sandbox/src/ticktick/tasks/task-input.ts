import type { JsonObject } from '../../json.ts';
import { readBoolean, readDate, readNumber, readObjects, readString, readStrings } from '../read-json.ts';
import { readItem, type ItemInput } from './item-input.ts';

/** What a request says about a task. Undefined: nothing. A date of null: clear it. */
export interface TaskInput {
  readonly projectId: string | undefined;
  readonly title: string | undefined;
  readonly content: string | undefined;
  readonly desc: string | undefined;
  readonly isAllDay: boolean | undefined;
  readonly startDate: number | null | undefined;
  readonly dueDate: number | null | undefined;
  readonly timeZone: string | undefined;
  readonly reminders: string[] | undefined;
  readonly tags: string[] | undefined;
  readonly repeatFlag: string | undefined;
  readonly repeatFrom: string | undefined;
  readonly priority: number | undefined;
  readonly sortOrder: number | undefined;
  readonly status: number | undefined;
  readonly kind: string | undefined;
  readonly parentId: string | undefined;
  readonly columnId: string | undefined;
  readonly items: ItemInput[] | undefined;
}

export function readTaskInput(body: JsonObject): TaskInput {
  return {
    projectId: readString(body, 'projectId'),
    title: readString(body, 'title'),
    content: readString(body, 'content'),
    desc: readString(body, 'desc'),
    isAllDay: readBoolean(body, 'isAllDay'),
    startDate: body['startDate'] === null ? null : readDate(body, 'startDate'),
    dueDate: body['dueDate'] === null ? null : readDate(body, 'dueDate'),
    timeZone: readString(body, 'timeZone'),
    reminders: readStrings(body, 'reminders'),
    tags: readStrings(body, 'tags')?.map((tag) => tag.toLowerCase()),
    repeatFlag: readString(body, 'repeatFlag'),
    repeatFrom: readString(body, 'repeatFrom'),
    priority: readNumber(body, 'priority'),
    sortOrder: readNumber(body, 'sortOrder'),
    status: readNumber(body, 'status'),
    kind: readString(body, 'kind'),
    parentId: readString(body, 'parentId'),
    columnId: readString(body, 'columnId'),
    items: readObjects(body, 'items')?.map(readItem),
  };
}
