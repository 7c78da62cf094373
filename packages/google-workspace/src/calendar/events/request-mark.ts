import type { CalendarEvent } from './event.ts';
import type { EventInput } from './event-input.ts';

/** The private extended property by which a call recognises the event that it made itself. */
const NAME = 'contextSdkRequest';

export function withMark(event: EventInput, mark: string): EventInput {
  const { extendedProperties } = event;
  const own = { ...extendedProperties?.private, [NAME]: mark };
  return { ...event, extendedProperties: { ...extendedProperties, private: own } };
}

export function hasMark({ extendedProperties }: CalendarEvent, mark: string): boolean {
  return extendedProperties?.private?.[NAME] === mark;
}
