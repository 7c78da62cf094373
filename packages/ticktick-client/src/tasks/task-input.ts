import { type DateInput, isCalendarDay, toWireDate } from '../dates/wire-date.ts';
import { isTimeZone } from '../dates/zoned-day.ts';
import { checkFields, checkOneOf, checkText } from '../input/checked-fields.ts';
import { checkedId } from '../input/checked-id.ts';
import { invalid } from '../input/invalid.ts';
import { type ChecklistItem, type TaskKind, TaskPriority, TaskStatus } from './task.ts';

interface TaskFields {
  title: string;
  content?: string;
  desc?: string;
  kind?: TaskKind;
  priority?: TaskPriority;
  isAllDay?: boolean;
  /** IANA; the account's own where it is left out. Say it again whenever you change a date. */
  timeZone?: string;
  reminders?: string[];
  /** Needs a date: TickTick drops it silently without one. An empty text removes it. */
  repeatFlag?: string;
  repeatFrom?: string;
  tags?: string[];
  /** Replaced as a whole; items without an id get one. */
  items?: ChecklistItem[];
  sortOrder?: number;
  columnId?: string;
  /** Another task of the same project; an empty text detaches. */
  parentId?: string;
}

/** A task to create. A calendar day as date makes it an all-day task of that zone. */
export interface TaskInput extends TaskFields {
  /** The inbox where it is left out. */
  projectId?: string;
  startDate?: DateInput;
  /** Alone it is also the start. */
  dueDate?: DateInput;
}

/**
 * Changes to a task. What is left out stays. `null` clears a date; clearing the due date also drops the repeat
 * rule, which is TickTick's doing.
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
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw invalid(`${at}timeZone`, 'is not an IANA time zone');
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

/** The changes in TickTick's form, with only what is given. Throws {@link InvalidRequestError} naming the field. */
export function wireChanges(changes: TaskChanges, at = ''): WireTask {
  checkTask(changes, at);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...wireDates(changes, at) };
}

/** A new task in TickTick's form. `at` stands before the field's name in an error, for example `tasks[3].`. */
export function wireTask(input: TaskInput, at = ''): WireTask {
  checkFields(input, at.replace(/\.$/, '') || 'task');
  checkText(input.title, `${at}title`);
  if (input.projectId !== undefined) checkedId(input.projectId, `${at}projectId`);
  return wireChanges(input, at);
}
