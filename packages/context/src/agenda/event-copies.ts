import type { AgendaEvent } from './agenda.ts';

/**
 * Each guest's calendar has a copy of a meeting, with the same iCalUID and start. Keeps the first copy. If the user declined
 * one, the meeting is left out, although the copy in a team's calendar says nothing of it.
 */
export function withoutCopies(events: readonly AgendaEvent[]): AgendaEvent[] {
  const declined = new Set(events.filter(isDeclined).map(meetingOf));
  const kept = new Map<string, AgendaEvent>();
  for (const item of events) {
    const meeting = meetingOf(item);
    if (!declined.has(meeting) && !kept.has(meeting)) kept.set(meeting, item);
  }
  return [...kept.values()];
}

/** The same in every calendar. A calendar writes times with the offset of its own zone, so the instant counts. */
function meetingOf({ event: { iCalUID, id }, start, day }: AgendaEvent): string {
  return `${iCalUID ?? id}|${start?.getTime() ?? day}`;
}

function isDeclined({ event: { attendees } }: AgendaEvent): boolean {
  if (!Array.isArray(attendees)) return false;
  return attendees.some((one) => one?.self === true && one.responseStatus === 'declined');
}
