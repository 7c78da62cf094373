import type { WorkItem } from '@context-sdk/ado-client';
import { addDays, dayOf } from '@context-sdk/oauth-core/client-kit';
import type { Skipped, Task } from '@context-sdk/ticktick-client';
import type { Agenda, AgendaItem } from '../../agenda/agenda.ts';
import { eventDetails, responseOf } from './event-text.ts';
import { line } from './line.ts';
import { taskDetails, taskFlags, taskLine } from './task-text.ts';
import { clockTime, type View } from './view.ts';
import { workItemDetails, workItemLine } from './work-item-text.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Items besides those of the days that are listed, of each kind: they are not about what was asked for. */
const MAX_OTHERS = 10;

type Later = 'overdue' | 'undatedTasks' | 'skippedTasks';

/** An agenda, also one that an earlier version made. */
type AnyAgenda = Omit<Agenda, Later> & Partial<Pick<Agenda, Later>>;

/** What is listed besides the days: what is overdue, and what has no date. */
export function otherItems({ overdue = [], undatedTasks = [], undated }: AnyAgenda): {
  overdue: Agenda['overdue'];
  undatedTasks: Task[];
  undated: WorkItem[];
} {
  return {
    overdue: overdue.slice(0, MAX_OTHERS),
    undatedTasks: undatedTasks.slice(0, MAX_OTHERS),
    undated: undated.slice(0, MAX_OTHERS),
  };
}

/** A heading for each day, and one line per item. */
export function agendaText(agenda: AnyAgenda, view: View): string {
  const shown = agenda.items.slice(0, view.maxItems);
  const lines: string[] = [];
  let day = '';
  for (const item of shown) {
    if (item.day !== day) lines.push(dayHeading((day = item.day)));
    lines.push(agendaLine(item, view), ...(view.detail ? details(item) : []));
  }
  const more = agenda.items.length - shown.length;
  if (agenda.items.length === 0) lines.push('Nothing is planned.');
  if (more > 0) lines.push(`${more} more of ${agenda.items.length}, from ${agenda.items[shown.length]?.day}`);
  return [...lines, ...others(agenda, view), ...missing(agenda)].join('\n');
}

/** `Mon 2026-11-30` */
export function dayHeading(day: string): string {
  return `${WEEKDAYS[new Date(day).getUTCDay()]} ${day}`;
}

function agendaLine(item: AgendaItem, view: View): string {
  if (item.kind === 'work-item') return workItemLine(item.workItem);
  const time = timeOf(item, view);
  if (item.kind === 'event') {
    const handle = view.handleOf({ kind: 'event', id: item.event.id, within: item.calendarId });
    return line`${handle} ${time} ${responseOf(item.event)} ${item.title}`;
  }
  const handle = view.handleOf({ kind: 'task', id: item.task.id, within: item.task.projectId });
  return line`${handle} ${time} ${item.block === undefined ? '' : 'blocked'} ${taskFlags(item.task)} ${item.title}`;
}

function timeOf({ day, allDay, start, end, endDay }: AgendaItem, { timeZone }: View): string {
  if (allDay || start === undefined) {
    const last = endDay === undefined ? day : addDays(endDay, -1);
    return last > day ? `to ${last}` : '';
  }
  const from = clockTime(start, timeZone);
  if (end === undefined) return from;
  const until = dayOf(end.getTime(), timeZone);
  return `${from}-${until === day ? '' : `${until} `}${clockTime(end, timeZone)}`;
}

function details(item: AgendaItem): string[] {
  if (item.kind === 'work-item') return workItemDetails(item.workItem);
  return item.kind === 'event' ? eventDetails(item.event) : taskDetails(item.task);
}

function others(agenda: AnyAgenda, view: View): string[] {
  const { overdue, undatedTasks, undated } = otherItems(agenda);
  const detailsOf = (item: AgendaItem): string[] => (view.detail ? details(item) : []);
  const late = overdue.flatMap((item) => [overdueLine(item, view), ...detailsOf(item)]);
  const tasks = undatedTasks.flatMap((task) => [
    taskLine(task, view),
    ...(view.detail ? taskDetails(task) : []),
  ]);
  const items = undated.flatMap((item) => [
    workItemLine(item),
    ...(view.detail ? workItemDetails(item) : []),
  ]);
  return [
    ...section('Overdue', agenda.overdue, late),
    ...section('Open tasks without a date', agenda.undatedTasks, tasks),
    ...section('Open work items without a date', agenda.undated, items),
  ];
}

/** A heading with the number of items, the lines of those that are shown, and how many are not. */
function section(heading: string, items: readonly unknown[] | undefined, lines: readonly string[]): string[] {
  if (items === undefined || items.length === 0) return [];
  const more = items.length - MAX_OTHERS;
  return [`${heading}: ${items.length}`, ...lines, ...(more > 0 ? [`${more} more`] : [])];
}

function overdueLine(item: Agenda['overdue'][number], view: View): string {
  return item.kind === 'task' ? taskLine(item.task, view) : line`${workItemLine(item.workItem)} ${item.day}`;
}

/** Calendars of which nothing is known. */
export function missingCalendars(errors: Agenda['calendarErrors']): string[] {
  return Object.entries(errors).map(([id, { code }]) => line`Not read: calendar ${id} (${code})`);
}

/** Lists of which nothing is known, and tasks that make no sense. Of a list that is gone, or was left, there is nothing to know. */
export function missingTasks(skipped: readonly Skipped[]): string[] {
  return skipped.flatMap((one) => {
    if (one.reason === 'unreadable') return ['Not read: a task that makes no sense'];
    return one.reason === 'unknown' ? [line`Not read: list ${one.projectId}`] : [];
  });
}

function missing({ errors, calendarErrors, skippedTasks = [] }: AnyAgenda): string[] {
  const services = Object.entries(errors).map(
    ([service, error]) => line`Not read: ${service} (${error.code})`,
  );
  return [...services, ...missingCalendars(calendarErrors), ...missingTasks(skippedTasks)];
}
