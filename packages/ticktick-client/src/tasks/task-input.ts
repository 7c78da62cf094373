import { checkedTimeZone, isObject, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { type DateInput, toWireDate } from '../dates/date-input.ts';
import type { TaskSchedule } from '../dates/schedule-input.ts';
import type { TaskDates } from '../dates/task-dates.ts';
import { isCopy, wireSchedule } from '../dates/task-schedule.ts';
import { errors } from '../errors.ts';
import { checkedId, checkFields, checkOneOf, checkSomeChange, checkText, unread } from '../input.ts';
import { unsafeFields } from '../unsafe-numbers.ts';
import {
  type ChecklistItem,
  type ResolvedRef,
  type TaskKind,
  TaskPriority,
  type TaskRef,
  TaskStatus,
} from './task.ts';

interface TaskFields {
  title: string;
  content?: string | undefined;
  desc?: string | undefined;
  kind?: TaskKind | undefined;
  priority?: TaskPriority | undefined;
  isAllDay?: boolean | undefined;
  /** IANA. Default: the account's zone, also when an update changes a date without it. */
  timeZone?: string | undefined;
  reminders?: readonly string[] | undefined;
  /** Requires a date: TickTick silently drops it without one. An empty text removes it. */
  repeatFlag?: string | undefined;
  repeatFrom?: string | undefined;
  tags?: readonly string[] | undefined;
  /** Replaces all items; those without an id get one. Their dates may be RFC 3339, too. */
  items?: readonly ChecklistItem[] | undefined;
  /** All four fields of a date in one, instead of `startDate` and `dueDate`. */
  schedule?: TaskSchedule | undefined;
  sortOrder?: number | undefined;
  columnId?: string | undefined;
  /** Another task of the same project; an empty text detaches. */
  parentId?: string | undefined;
}

/** A task to create. A calendar day as a date makes it an all-day task of that zone. */
export interface TaskInput extends TaskFields {
  /** Default: the inbox. */
  projectId?: string | undefined;
  startDate?: DateInput | undefined;
  /** Without a `startDate`, it is also the start. */
  dueDate?: DateInput | undefined;
  /** Imports a task that was completed then. That TickTick keeps the time is known of its apps only. */
  completedTime?: DateInput | undefined;
}

/**
 * Changes to a task. Other fields stay as they are. `null` clears a date; if the due date is cleared, TickTick also drops
 * the repeat rule.
 */
export interface TaskChanges extends Omit<TaskFields, 'title'> {
  title?: string | undefined;
  startDate?: DateInput | null | undefined;
  dueDate?: DateInput | null | undefined;
  status?: TaskStatus | undefined;
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

/** What differs from the task as it was: values that TickTick itself gave are not refused. */
function differing(changes: TaskChanges, ref: TaskRef | undefined): TaskChanges {
  if (typeof ref !== 'object' || ref === null) return changes;
  const known = new Map<string, unknown>(Object.entries(ref));
  return Object.fromEntries(Object.entries(changes).filter(([name, value]) => known.get(name) !== value));
}

/**
 * The same without what could not be read of the task and is as it was: it stays. Throws {@link InvalidRequestError} for a list that
 * would take the place of one of which only a part is known.
 */
function withoutUnread(changes: TaskChanges, at: string, ref: TaskRef | undefined): TaskChanges {
  const names = new Set(
    (isObject(ref) ? unread.get(ref) : undefined)?.map((place) => /^\w+/.exec(place)?.[0]),
  );
  if (names.size === 0) return changes;
  const known = new Map<string, unknown>(Object.entries(ref as object));
  const kept = Object.entries(changes).filter(([name, value]) => {
    if (!names.has(name)) return true;
    if (Array.isArray(value) && value !== known.get(name)) {
      throw errors.invalid(
        `${at}${name}`,
        "would replace a list that can't be read whole: give the task's id and project alone",
      );
    }
    return value !== known.get(name);
  });
  return Object.fromEntries(kept);
}

/** The same without what is as it was and has numbers that JavaScript has rounded: they would be written so. */
function withoutRounded(changes: TaskChanges, ref: TaskRef | undefined): TaskChanges {
  if (!isObject(ref)) return changes;
  const known = new Map<string, unknown>(Object.entries(ref));
  const kept = Object.entries(changes).filter(
    ([name, value]) => value !== known.get(name) || unsafeFields(value, name).length === 0,
  );
  return Object.fromEntries(kept);
}

/** TickTick drops a rule without a date. */
function checkRule(wire: WireTask, at: string, known: TaskDates): void {
  const dates = { ...known, ...wire };
  if (wire['repeatFlag'] && !dates['startDate'] && !dates['dueDate']) {
    throw errors.invalid(`${at}repeatFlag`, 'needs a date: without one, TickTick drops it');
  }
}

/** A task as the caller has it. */
type KnownTask = TaskDates & { items?: readonly unknown[] | null };

/** A line of a checklist in TickTick's form, which reads no other dates than those of tasks. */
function wireItem(item: ChecklistItem, at: string): WireTask {
  if (!isObject(item)) throw errors.invalid(at, 'is not an object');
  const startDate = toWireDate(item.startDate, `${at}.startDate`);
  const completedTime = toWireDate(item.completedTime, `${at}.completedTime`);
  return omitUndefined({ ...item, startDate, completedTime });
}

/** Items that TickTick itself gave are not refused. */
function wireItems(items: readonly ChecklistItem[], at: string, known?: KnownTask): unknown {
  if (!Array.isArray(items)) return items;
  const kept = new Set(known?.items);
  return items.map((item, index) => (kept.has(item) ? item : wireItem(item, `${at}[${index}]`)));
}

/** The given fields in TickTick's form. */
function wireFields(changes: TaskChanges, at: string, known?: KnownTask): WireTask {
  const { schedule: _, items, ...fields } = changes;
  return {
    ...omitUndefined(fields),
    ...(items !== undefined && { items: wireItems(items, `${at}items`, known) }),
    ...wireSchedule(changes, at, known),
  };
}

/**
 * The given changes in TickTick's form; `ref` is the task as it was, if the caller has it. Throws {@link InvalidRequestError}
 * naming the field.
 */
export function wireChanges(given: TaskChanges, at = '', ref?: TaskRef): WireTask {
  checkFields(given, `${at}changes`);
  const changes = withoutRounded(withoutUnread(given, at, ref), ref);
  const known: (ResolvedRef & TaskDates) | undefined =
    typeof ref === 'object' ? (ref ?? undefined) : undefined;
  const differences = differing(changes, ref);
  checkTask(differences, at);
  const wire = wireFields(changes, at, known);
  const isWhole = known !== undefined && 'title' in known;
  const setsRule = differences.repeatFlag !== undefined;
  if (setsRule && (isWhole || wire['dueDate'] === null)) checkRule(wire, at, known ?? {});
  return wire;
}

/**
 * Throws {@link InvalidRequestError} for changes that can't be, before anything is sent. Of a copy of a task that is given by its id
 * alone, it isn't known yet what differs, and TickTick's own values are not refused.
 */
export function checkChanges(changes: TaskChanges, at: string, ref: TaskRef): void {
  checkFields(changes, `${at}changes`);
  if (typeof ref === 'string' && isCopy(changes)) return;
  checkSomeChange(wireChanges(changes, at, ref), at.replace(/\.$/, '') || 'changes');
}

/** A new task in TickTick's form. `at` precedes the field's name in an error, for example `tasks[3].`. */
export function wireTask(input: TaskInput, at = ''): WireTask {
  checkFields(input, at.replace(/\.$/, '') || 'task');
  checkText(input.title, `${at}title`);
  if (input.projectId !== undefined) checkedId(input.projectId, `${at}projectId`);
  checkTask(input, at);
  const { completedTime, projectId, ...fields } = input;
  // A task without a project is one of the inbox, whose alias TickTick takes in paths alone.
  const wire = wireFields({ ...fields, ...(projectId !== 'inbox' && { projectId }) }, at);
  checkRule(wire, at, {});
  if (completedTime === undefined) return wire;
  const doneAt = toWireDate(completedTime, `${at}completedTime`);
  return { ...wire, status: TaskStatus.completed, completedTime: doneAt };
}
