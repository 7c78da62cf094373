import type { JsonObject } from '../../json.ts';
import type { AccountData } from '../account-data.ts';
import { readBoolean, readDate, readNumber, readObjects, readString, readStrings } from '../read-json.ts';
import type { ChecklistItem } from '../task.ts';

/** What a request says about a task. Undefined: nothing. A date of null: clear it. */
export interface TaskInput {
  readonly projectId: string | undefined;
  readonly title: string | undefined;
  readonly content: string | undefined;
  readonly desc: string | undefined;
  readonly isAllDay: boolean | undefined;
  readonly isFloating: boolean | undefined;
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
  readonly completedTime: number | undefined;
  readonly kind: string | undefined;
  readonly parentId: string | undefined;
  readonly columnId: string | undefined;
  readonly items: ItemInput[] | undefined;
}

export function readTaskInput(body: JsonObject): TaskInput {
  return {
    projectId: readString(body, 'projectId'),
    title: readText(body, 'title')?.trim(),
    content: readText(body, 'content'),
    desc: readText(body, 'desc'),
    isAllDay: readBoolean(body, 'isAllDay'),
    isFloating: readBoolean(body, 'isFloating'),
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
    completedTime: readDate(body, 'completedTime'),
    kind: readString(body, 'kind'),
    parentId: readString(body, 'parentId'),
    columnId: readString(body, 'columnId'),
    items: readObjects(body, 'items')?.map(readItem),
  };
}

/** Texts are stored with LF as the end of a line. */
function readText(body: JsonObject, key: string): string | undefined {
  return readString(body, key)?.replaceAll('\r\n', '\n');
}

/** What a request says about one line of a checklist. */
export interface ItemInput {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly status: number | undefined;
  readonly sortOrder: number | undefined;
  readonly isAllDay: boolean | undefined;
  readonly timeZone: string | undefined;
  readonly startDate: number | undefined;
  readonly completedTime: number | undefined;
}

function readItem(body: JsonObject): ItemInput {
  return {
    id: readString(body, 'id'),
    title: readString(body, 'title'),
    status: readNumber(body, 'status'),
    sortOrder: readNumber(body, 'sortOrder'),
    isAllDay: readBoolean(body, 'isAllDay'),
    timeZone: readString(body, 'timeZone'),
    startDate: readDate(body, 'startDate'),
    completedTime: readDate(body, 'completedTime'),
  };
}

/** The line as it is stored; one without an id gets one. */
export function toItem(input: ItemInput, index: number, timeZone: string, data: AccountData): ChecklistItem {
  const done = input.status === 1;
  return {
    id: input.id ?? data.newId(),
    title: input.title ?? '',
    status: done ? 1 : 0,
    sortOrder: input.sortOrder ?? index * 1_099_511_627_776,
    isAllDay: input.isAllDay ?? false,
    timeZone: input.timeZone ?? timeZone,
    startDate: input.startDate,
    completedTime: done ? (input.completedTime ?? data.now()) : undefined,
  };
}
