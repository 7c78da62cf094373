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
  const { columnId, items } = task;
  return omitUndefined({
    id: task.id,
    projectId: task.projectId,
    sortOrder: task.sortOrder,
    title: task.title,
    content: task.content,
    desc: task.desc,
    startDate: optionalDate(task.startDate),
    dueDate: optionalDate(task.dueDate),
    timeZone: task.timeZone,
    isAllDay: task.isAllDay,
    priority: task.priority,
    isFloating: task.isFloating,
    reminders: task.reminders,
    repeatFlag: task.repeatFlag,
    repeatFrom: task.repeatFrom,
    completedTime: optionalDate(task.completedTime),
    status: task.status,
    items: items.length > 0 ? items.map((item) => itemToWire(item, created)) : undefined,
    tags: task.tags,
    parentId: task.parentId,
    childIds: childIdsOf(data, task),
    columnId,
    columnName: columnId === undefined ? undefined : data.columns.get(columnId)?.name,
    assigneeUsername: task.assigneeUsername,
    etag: task.etag,
    etimestamp: task.etimestamp,
    kind: task.kind,
    modifiedTime: formatWireDate(task.modifiedTime),
    createdTime: formatWireDate(task.createdTime),
  });
}

function itemToWire(item: ChecklistItem, created: boolean): SandboxChecklistItem {
  return omitUndefined({
    id: item.id,
    status: item.status,
    title: item.title,
    sortOrder: item.sortOrder,
    startDate: optionalDate(item.startDate),
    isAllDay: created ? undefined : item.isAllDay,
    completedTime: optionalDate(item.completedTime),
    timeZone: item.timeZone,
  });
}

function optionalDate(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : formatWireDate(instant);
}
