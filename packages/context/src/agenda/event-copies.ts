import type { CalendarEvent } from '@context-sdk/google-workspace';
import { answerTo, meetingOf, ownAnswers } from '../utils/meetings.ts';
import type { AgendaEvent } from './agenda.ts';

/** Each meeting once: the first of its copies, and none of a meeting that the user declined in one of the calendars. */
export function withoutCopies(
  items: readonly AgendaEvent[],
  othersBlocks: ReadonlySet<CalendarEvent>,
): AgendaEvent[] {
  const answers = ownAnswers(items.map(({ event }) => event));
  const kept = new Map<string, AgendaEvent>();
  for (const item of items) {
    // Blocks of one task have the same id in each calendar.
    const meeting = `${meetingOf(item.event)}${othersBlocks.has(item.event) ? item.calendarId : ''}`;
    if (answerTo(item.event, answers) !== 'declined' && !kept.has(meeting)) kept.set(meeting, item);
  }
  return [...kept.values()];
}
