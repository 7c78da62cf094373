import { type CalendarEvent, readEventTimes } from '@context-sdk/google-workspace';

/**
 * Names the meeting that an event is a copy of, in whichever calendar: each guest's calendar has a copy with the same iCalUID and
 * start. A calendar writes times with the offset of its own zone, or with a zone and no offset, so the instant counts.
 */
export function meetingOf(event: CalendarEvent): string {
  const { id } = event;
  const iCalUID: unknown = event.iCalUID;
  const times = readEventTimes(event, 'UTC');
  const begins = times?.allDay ? times.day : times?.start.getTime();
  return `${typeof iCalUID === 'string' && iCalUID !== '' ? iCalUID : id}|${begins}`;
}

/** What the user answered to an invitation. */
export function ownAnswer({ attendees }: CalendarEvent): string | undefined {
  if (!Array.isArray(attendees)) return undefined;
  return attendees.find((one) => one?.self === true)?.responseStatus;
}

/**
 * The meetings that the user declined, by {@link meetingOf}. A copy in a team's calendar doesn't say so.
 */
export function declinedMeetings(events: readonly CalendarEvent[]): Set<string> {
  return new Set(events.filter((event) => ownAnswer(event) === 'declined').map(meetingOf));
}
