import { addDays, dayOf } from '@context-sdk/oauth-core/client-kit';
import type { Agenda, AgendaItem } from '../../agenda/agenda.ts';
import { eventDetails, responseOf } from './event-text.ts';
import { line } from './line.ts';
import { taskDetails, taskFlags } from './task-text.ts';
import { clockTime, type View } from './view.ts';
import { workItemDetails, workItemLine } from './work-item-text.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Work items without a date that are listed: they are not about the days that were asked for. */
const MAX_UNDATED = 10;

/** A heading for each day, and one line per item. */
export function agendaText(agenda: Agenda, view: View): string {
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
  return [...lines, ...undated(agenda, view), ...missing(agenda)].join('\n');
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

function undated({ undated: items }: Agenda, view: View): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, MAX_UNDATED);
  const heading = `Open work items without a date: ${items.length}`;
  const lines = shown.flatMap((item) => [workItemLine(item), ...(view.detail ? workItemDetails(item) : [])]);
  const more = items.length - shown.length;
  return [heading, ...lines, ...(more > 0 ? [`${more} more`] : [])];
}

/** Calendars of which nothing is known. */
export function missingCalendars(errors: Agenda['calendarErrors']): string[] {
  return Object.entries(errors).map(([id, { code }]) => line`Not read: calendar ${id} (${code})`);
}

function missing({ errors, calendarErrors }: Agenda): string[] {
  const services = Object.entries(errors).map(
    ([service, error]) => line`Not read: ${service} (${error.code})`,
  );
  return [...services, ...missingCalendars(calendarErrors)];
}
