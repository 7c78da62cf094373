import { type CalendarEvent, readEventTimes } from '@context-sdk/google-workspace';
import { addDays, dayOf } from '@context-sdk/oauth-core/client-kit';
import { foreignText } from './foreign-text.ts';
import { line } from './line.ts';
import { peopleText } from './thread-text.ts';
import { clockTime, type View } from './view.ts';

/** Characters of a description that a detailed line shows. */
const DESCRIPTION = 300;

const MAX_GUESTS = 8;

/** Responses that the user may want to give or to change. */
const RESPONSES: Readonly<Record<string, string>> = {
  needsAction: 'invited',
  tentative: 'maybe',
  declined: 'declined',
};

/** `e3 2026-11-30 09:15-09:30 Stand-up` */
export function eventLine(event: CalendarEvent, calendarId: string, view: View): string {
  const handle = view.handleOf({ kind: 'event', id: event.id, within: calendarId });
  return line`${handle} ${eventTime(event, view.timeZone)} ${responseOf(event)} ${event.summary}`;
}

/** Whether somebody else may have written what the event says: its organizer, or a guest who may change it. */
export function isEventByOthers({ organizer, attendees }: CalendarEvent): boolean {
  return (
    organizer?.self !== true || (Array.isArray(attendees) && attendees.some((guest) => guest?.self !== true))
  );
}

/** What the user answered to the invitation, unless they accepted it. Google still shows deleted events by their ids. */
export function responseOf({ attendees, status }: CalendarEvent): string {
  if (status === 'cancelled') return 'canceled';
  const self = Array.isArray(attendees) ? attendees.find((guest) => guest?.self === true) : undefined;
  return RESPONSES[self?.responseStatus ?? ''] ?? '';
}

/** Place, guests and description, indented below the event's line. */
export function eventDetails({ location, attendees, description }: CalendarEvent): string[] {
  const guests = Array.isArray(attendees) ? attendees : [];
  const people = guests.map((guest) => ({ name: guest?.displayName, address: guest?.email }));
  return [
    location ? line`at: ${location}` : '',
    people.length > 0 ? `with: ${peopleText(people, MAX_GUESTS)}` : '',
    line`${foreignText(withoutTags(description), DESCRIPTION)}`,
  ]
    .filter((text) => text !== '')
    .map((text) => `  ${text}`);
}

function eventTime(event: CalendarEvent, timeZone: string): string {
  const times = readEventTimes(event, timeZone);
  if (times === undefined) return '';
  if (times.allDay) {
    const last = addDays(times.endDay, -1);
    return last > times.day ? `${times.day} to ${last}` : times.day;
  }
  const { start, end } = times;
  const day = dayOf(start.getTime(), timeZone);
  const until = end === undefined ? '' : `-${clockTime(end, timeZone)}`;
  return `${day} ${clockTime(start, timeZone)}${until}`;
}

/** Google Calendar's descriptions may be HTML. */
function withoutTags(description: string | undefined): string {
  return typeof description === 'string' ? description.slice(0, 4000).replaceAll(/<[^<>]{0,200}>/g, ' ') : '';
}
