import type { AccountData } from '../account-data.ts';
import type { Task, TaskKind } from '../task.ts';
import { setParent } from './family.ts';
import { type TaskInput, toItem } from './task-input.ts';

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

/** Merges dates, zone and repetition, with the service's own ideas of what belongs together. */
function applyDates(task: Task, input: TaskInput, accountZone: string): void {
  applyZone(task, input, accountZone);
  if (input.startDate !== undefined) task.startDate = input.startDate ?? undefined;
  if (input.dueDate !== undefined) task.dueDate = input.dueDate ?? undefined;
  // A due date alone becomes the start of a task without one; a start that is there stays, and makes it a span.
  if (typeof input.dueDate === 'number' && task.startDate === undefined) task.startDate = input.dueDate;
  if (input.repeatFlag !== undefined) task.repeatFlag = input.repeatFlag || undefined;
  task.repeatFrom = input.repeatFrom ?? task.repeatFrom;
  const hasDate = task.startDate !== undefined || task.dueDate !== undefined;
  if (input.dueDate === null || !hasDate) task.repeatFlag = undefined;
}

/** Dates that are sent again without their zone are taken to be the account's, which shifts all-day tasks. */
function applyZone(task: Task, input: TaskInput, accountZone: string): void {
  task.isAllDay = input.isAllDay ?? task.isAllDay;
  task.isFloating = input.isFloating ?? task.isFloating;
  const bringsDate = typeof input.startDate === 'number' || typeof input.dueDate === 'number';
  task.timeZone = input.timeZone || (bringsDate ? accountZone : task.timeZone);
}
