import type { JsonObject } from '../../json.ts';
import type { AccountData } from '../account-data.ts';
import { readBoolean, readDate, readNumber, readString } from '../read-json.ts';
import type { ChecklistItem } from '../task.ts';

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

export function readItem(body: JsonObject): ItemInput {
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
