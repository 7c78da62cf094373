import { checkedTimeZone, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { type DateInput, isCalendarDay, toWireDate } from '../dates/date-input.ts';
import { errors } from '../errors.ts';
import { checkedId, checkFields, checkOneOf, checkText } from '../input.ts';
import { type ChecklistItem, type TaskKind, TaskPriority, TaskStatus } from './task.ts';

interface TaskFields {
  title: string;
  content?: string;
  desc?: string;
  kind?: TaskKind;
  priority?: TaskPriority;
  isAllDay?: boolean;
  /** IANA. Default: the account's zone, also when an update changes a date without it. */
  timeZone?: string;
  reminders?: string[];
  /** Requires a date: TickTick silently drops it without one. An empty text removes it. */
  repeatFlag?: string;
  repeatFrom?: string;
  tags?: string[];
  /** Replaces all items; those without an id get one. */
  items?: ChecklistItem[];
  sortOrder?: number;
  columnId?: string;
  /** Another task of the same project; an empty text detaches. */
  parentId?: string;
}

/** A task to create. A calendar day as a date makes it an all-day task of that zone. */
export interface TaskInput extends TaskFields {
  /** Default: the inbox. */
  projectId?: string;
  startDate?: DateInput;
  /** Without a `startDate`, it is also the start. */
  dueDate?: DateInput;
}

/**
 * Changes to a task. Other fields stay as they are. `null` clears a date; if the due date is cleared, TickTick also drops
 * the repeat rule.
 */
export interface TaskChanges extends Partial<TaskFields> {
  startDate?: DateInput | null;
  dueDate?: DateInput | null;
  status?: TaskStatus;
}

/** A task in the form that TickTick reads. */
export type WireTask = Record<string, unknown>;

function checkTask({ title, priority, status, timeZone, columnId }: TaskChanges, at: string): void {
  if (title !== undefined) checkText(title, `${at}title`);
  if (priority !== undefined) checkOneOf(priority, TaskPriority, `${at}priority`);
  if (status !== undefined) checkOneOf(status, TaskStatus, `${at}status`);
  if (timeZone !== undefined) checkedTimeZone(timeZone, `${at}timeZone`, errors.invalid);
  if (columnId !== undefined) checkedId(columnId, `${at}columnId`);
}

function wireDates({ startDate, dueDate }: TaskChanges, at: string): WireTask {
  const wire: WireTask = {};
  for (const [name, input] of Object.entries({ startDate, dueDate })) {
    if (input === undefined) continue;
    if (input === null) {
      wire[name] = null;
      continue;
    }
    wire[name] = toWireDate(input, `${at}${name}`);
    if (isCalendarDay(input)) Object.assign(wire, { isAllDay: true, timeZone: input.timeZone });
  }
  return wire;
}

/** The given changes in TickTick's form. Throws {@link InvalidRequestError} naming the field. */
export function wireChanges(changes: TaskChanges, at = ''): WireTask {
  checkTask(changes, at);
  return { ...omitUndefined(changes), ...wireDates(changes, at) };
}

/** A new task in TickTick's form. `at` precedes the field's name in an error, for example `tasks[3].`. */
export function wireTask(input: TaskInput, at = ''): WireTask {
  checkFields(input, at.replace(/\.$/, '') || 'task');
  checkText(input.title, `${at}title`);
  if (input.projectId !== undefined) checkedId(input.projectId, `${at}projectId`);
  return wireChanges(input, at);
}
