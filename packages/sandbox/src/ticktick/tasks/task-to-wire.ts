import { omitUndefined } from '../../json.ts';
import type { AccountData } from '../account-data.ts';
import type { ChecklistItem, Task } from '../task.ts';
import { formatWireDate } from '../wire-date.ts';
import { childIdsOf } from './family.ts';

/** A task as the API answers it. What is not set is absent. */
export interface SandboxTask {
  id: string;
  projectId: string;
  sortOrder: number;
  title: string;
  content?: string;
  desc?: string;
  startDate?: string;
  dueDate?: string;
  timeZone: string;
  isAllDay: boolean;
  priority: number;
  isFloating: boolean;
  reminders?: string[];
  repeatFlag?: string;
  repeatFrom?: string;
  completedTime?: string;
  status: number;
  items?: SandboxChecklistItem[];
  tags?: string[];
  parentId?: string;
  childIds?: string[];
  columnId?: string;
  columnName?: string;
  assigneeUsername?: string;
  etag: string;
  etimestamp: number;
  kind: string;
  modifiedTime: string;
  createdTime: string;
}

/** A checklist's line as the API answers it. */
export interface SandboxChecklistItem {
  id: string;
  status: number;
  title: string;
  sortOrder: number;
  startDate?: string;
  /** Absent in the answer that creates the task, present afterwards. */
  isAllDay?: boolean;
  completedTime?: string;
  timeZone: string;
}

/** A task as the API answers it; `created` is the answer that creates it, which says less about the items. */
export function taskToWire(data: AccountData, task: Task, created = false): SandboxTask {
  const { deleted: _, columnId, items, ...rest } = task;
  return omitUndefined({
    ...rest,
    startDate: optionalDate(task.startDate),
    dueDate: optionalDate(task.dueDate),
    isFloating: false,
    completedTime: optionalDate(task.completedTime),
    items: items.length > 0 ? items.map((item) => itemToWire(item, created)) : undefined,
    childIds: childIdsOf(data, task),
    columnId,
    columnName: columnId === undefined ? undefined : data.columns.get(columnId)?.name,
    modifiedTime: formatWireDate(task.modifiedTime),
    createdTime: formatWireDate(task.createdTime),
  });
}

function itemToWire(item: ChecklistItem, created: boolean): SandboxChecklistItem {
  return omitUndefined({
    ...item,
    startDate: optionalDate(item.startDate),
    isAllDay: created ? undefined : item.isAllDay,
    completedTime: optionalDate(item.completedTime),
  });
}

function optionalDate(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : formatWireDate(instant);
}
