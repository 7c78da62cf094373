import { isJsonObject, type JsonObject } from '../../../json.ts';
import { forbiddenForNonOrganizer } from '../../api/failures.ts';
import { attendeesOf } from '../input/attendees.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { EventContent, StoredEvent } from '../store/stored-event.ts';

/** Fields of a guest's own copy. */
const OWN_FIELDS = new Set(['colorId', 'eventLabelId', 'reminders', 'transparency', 'visibility']);

/** A guest may change their own copy and their own answer, nothing that others see. */
export function checkSharedProperties(event: StoredEvent, next: EventContent, calendar: CalendarData): void {
  if (event.organizer.email === calendar.id || event.fields['guestsCanModify'] === true) return;
  if (sharedText(event, calendar.id) !== sharedText(next, calendar.id)) throw forbiddenForNonOrganizer();
}

function sharedText({ start, end, recurrence, fields }: EventContent, self: string): string {
  const shared = Object.entries(fields)
    .filter(([name]) => !OWN_FIELDS.has(name) && name !== 'attendees' && name !== 'extendedProperties')
    .toSorted(([a], [b]) => a.localeCompare(b));
  const guests = attendeesOf(fields).map((guest) => (guest['email'] === self ? self : guest));
  return JSON.stringify([start, end, recurrence, shared, guests, sharedExtendedProperties(fields)]);
}

function sharedExtendedProperties({ extendedProperties }: JsonObject): unknown {
  return isJsonObject(extendedProperties) ? extendedProperties['shared'] : undefined;
}
