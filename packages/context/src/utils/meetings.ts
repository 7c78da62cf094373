import { type CalendarEvent, readEventTimes } from '@context-sdk/google-workspace';

/**
 * Names the meeting that an event is a copy of, in whichever calendar: each guest's calendar has a copy with the same iCalUID and
 * start. A calendar writes times with the offset of its own zone, or with a zone and no offset, so the instant counts. An instance
 * that was moved is not the one of its series that takes place then.
 */
export function meetingOf(event: CalendarEvent): string {
  const { id, originalStartTime } = event;
  const iCalUID: unknown = event.iCalUID;
  const begins = beginOf(event);
  const original = originalStartTime && beginOf({ start: originalStartTime });
  const movedFrom = original === undefined || original === begins ? '' : `|${original}`;
  return `${typeof iCalUID === 'string' && iCalUID !== '' ? iCalUID : id}|${begins}${movedFrom}`;
}

function beginOf(event: Pick<CalendarEvent, 'start'>): string | number | undefined {
  const times = readEventTimes(event, 'UTC');
  return times?.allDay ? times.day : times?.start.getTime();
}

type Attendee = NonNullable<CalendarEvent['attendees']>[number];

/** Whose calendar the copy is in: the user, or a room or calendar that was invited itself. */
function ownerOf({ attendees }: CalendarEvent): Attendee | undefined {
  return Array.isArray(attendees) ? attendees.find((one) => one?.self === true) : undefined;
}

/** Rooms and calendars are invited by addresses of Google's: https://developers.google.com/workspace/calendar/api/concepts */
function isCalendar({ email, resource }: { email?: unknown; resource?: unknown }): boolean {
  return resource === true || (typeof email === 'string' && email.endsWith('calendar.google.com'));
}

/** The user's answers, by {@link meetingOf}. */
export type OwnAnswers = ReadonlyMap<string, string>;

/** What the user answered to the meetings that the events are copies of, in whichever calendar. */
export function ownAnswers(events: readonly CalendarEvent[]): OwnAnswers {
  const answers = new Map<string, string>();
  for (const event of events) {
    const owner = ownerOf(event);
    if (owner?.responseStatus === undefined || isCalendar(owner)) continue;
    const meeting = meetingOf(event);
    if (answers.get(meeting) !== 'declined') answers.set(meeting, owner.responseStatus);
  }
  return answers;
}

/** The answer that counts for a copy: the user's own to the meeting, else that of the calendar it is in. */
export function answerTo(event: CalendarEvent, answers: OwnAnswers): string | undefined {
  return answers.get(meetingOf(event)) ?? ownerOf(event)?.responseStatus;
}
