import type { CalendarEvent } from '@context-sdk/google-workspace';
import type { EventState, WrittenEvent } from './undo-step.ts';

/** What we write into a description ourselves. */
const LINK = /<a href="[^"]*">[^<]*<\/a>/;

/** What a person may have changed of a block. */
export function eventState(event: CalendarEvent): EventState {
  const { summary = '', location = '', description = '', start, end } = event;
  const notes = description.replace(LINK, '').trim();
  return { summary, start: instantOf(start), end: instantOf(end), location, notes };
}

/** An event as it is after a write. */
export function writtenEvent(calendarId: string, event: CalendarEvent): WrittenEvent {
  return { calendarId, id: event.id, after: eventState(event) };
}

function instantOf(time: CalendarEvent['start']): number | null {
  return time?.dateTime === undefined ? null : Date.parse(time.dateTime);
}
