import type { CalendarEvent, EventFields } from '../event.ts';

/** What a client may set on an event besides its times and recurrence. Google numbers changes by `sequence` itself. */
const WRITABLE: readonly (keyof EventFields)[] = [
  'anyoneCanAddSelf',
  'attachments',
  'attendees',
  'birthdayProperties',
  'colorId',
  'conferenceData',
  'description',
  'eventLabelId',
  'eventType',
  'extendedProperties',
  'focusTimeProperties',
  'guestsCanInviteOthers',
  'guestsCanModify',
  'guestsCanSeeOtherGuests',
  'location',
  'outOfOfficeProperties',
  'reminders',
  'source',
  'status',
  'summary',
  'transparency',
  'visibility',
  'workingLocationProperties',
];

/** The fields that an event has and a client may set. */
export function writableFields(event: CalendarEvent): Partial<EventFields> {
  const present = WRITABLE.filter((name) => event[name] !== undefined && event[name] !== null);
  return Object.fromEntries(present.map((name) => [name, event[name]]));
}

/** The fields in which an exception differs from its series; `null` for those that it lacks. */
export function differingFields(exception: CalendarEvent, series: CalendarEvent): Record<string, unknown> {
  const own = new Map<string, unknown>(Object.entries(writableFields(exception)));
  const shared = new Map<string, unknown>(Object.entries(writableFields(series)));
  const names = [...new Set([...own.keys(), ...shared.keys()])];
  const differing = names.filter(
    (name) => JSON.stringify(own.get(name)) !== JSON.stringify(shared.get(name)),
  );
  return Object.fromEntries(differing.map((name) => [name, own.get(name) ?? null]));
}
