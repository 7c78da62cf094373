import type { AccountData } from '../account-data.ts';
import type { Task, TaskKind } from '../task.ts';
import { applyDates } from './apply-dates.ts';
import { setParent } from './family.ts';
import { toItem } from './item-input.ts';
import type { TaskInput } from './task-input.ts';

const KINDS: ReadonlySet<string> = new Set<TaskKind>(['TEXT', 'NOTE', 'CHECKLIST']);

/** Merges what a request says into a task; what it does not say stays. Status is not handled here. */
export function applyTaskInput(data: AccountData, task: Task, input: TaskInput): void {
  task.title = input.title ?? task.title;
  task.content = input.content ?? task.content;
  task.desc = (input.desc ?? task.desc) || undefined;
  task.priority = input.priority ?? task.priority;
  task.sortOrder = input.sortOrder ?? task.sortOrder;
  task.tags = input.tags ?? task.tags;
  if (input.reminders) task.reminders = input.reminders.length > 0 ? input.reminders : undefined;
  applyDates(task, input, data.account.timeZone);
  applyKind(task, input.kind);
  applyItems(data, task, input);
  applyParent(data, task, input.parentId);
  if (input.columnId !== undefined) applyColumn(data, task, input.columnId);
}

function applyKind(task: Task, kind: string | undefined): void {
  if (isTaskKind(kind)) task.kind = kind;
}

function isTaskKind(kind: string | undefined): kind is TaskKind {
  return kind !== undefined && KINDS.has(kind);
}

/** The list is replaced as a whole; `[]` clears it. */
function applyItems(data: AccountData, task: Task, { items }: TaskInput): void {
  if (!items) return;
  task.items = items.map((item, index) => toItem(item, index, task.timeZone, data));
  if (items.length > 0) task.kind = 'CHECKLIST';
}

/** A parent is in the same project; `""` detaches, null does not. */
function applyParent(data: AccountData, task: Task, parentId: string | undefined): void {
  if (parentId === '') setParent(data, task, undefined);
  else if (parentId !== undefined && data.tasks.get(parentId)?.projectId === task.projectId) {
    setParent(data, task, parentId);
  }
}

function applyColumn(data: AccountData, task: Task, columnId: string): void {
  if (data.columns.get(columnId)?.projectId === task.projectId) task.columnId = columnId;
}
