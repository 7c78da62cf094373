import { declinedMeetings, meetingOf } from '../utils/meetings.ts';
import type { AgendaEvent } from './agenda.ts';

/** Each meeting once: the first of its copies, and none of a meeting that the user declined in one of the calendars. */
export function withoutCopies(items: readonly AgendaEvent[]): AgendaEvent[] {
  const declined = declinedMeetings(items.map(({ event }) => event));
  const kept = new Map<string, AgendaEvent>();
  for (const item of items) {
    const meeting = meetingOf(item.event);
    if (!declined.has(meeting) && !kept.has(meeting)) kept.set(meeting, item);
  }
  return [...kept.values()];
}
