import type { JsonObject } from '../../../json.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { ListEntry } from '../store/calendar-list.ts';
import type { ListedCalendar } from '../store/calendars.ts';

const CONFERENCE_PROPERTIES = { allowedConferenceSolutionTypes: ['hangoutsMeet'] };

/** A calendar as such. */
export function calendarToWire(calendar: CalendarData): JsonObject {
  const { id, isPrimary, owner } = calendar;
  return {
    kind: 'calendar#calendar',
    etag: calendarEtag(calendar),
    id,
    ...ownFields(calendar),
    conferenceProperties: CONFERENCE_PROPERTIES,
    ...(!isPrimary && { dataOwner: owner.email }),
  };
}

/** A calendar as it stands on one user's list. */
export function entryToWire({ calendar, role, entry }: ListedCalendar): JsonObject {
  const { id, isPrimary } = calendar;
  const owns = role === 'owner';
  return {
    kind: 'calendar#calendarListEntry',
    etag: calendarEtag(calendar, entry),
    id,
    ...ownFields(calendar),
    colorId: '14',
    backgroundColor: '#9fe1e7',
    foregroundColor: '#000000',
    accessRole: role,
    defaultReminders: owns ? [{ method: 'popup', minutes: 10 }] : [],
    conferenceProperties: CONFERENCE_PROPERTIES,
    ...entry.fields,
    ...(owns && isPrimary && { primary: true }),
  };
}

/** What is left of a calendar that isn't on the list any more. */
export function deletedEntryToWire({ calendarId }: ListEntry): JsonObject {
  return { kind: 'calendar#calendarListEntry', etag: '"0"', id: calendarId, deleted: true };
}

function ownFields({ summary, description, location, timeZone }: CalendarData): JsonObject {
  return {
    summary,
    ...(description !== undefined && { description }),
    ...(location !== undefined && { location }),
    timeZone,
  };
}

/** Of a calendar, or of its entry on a list. */
export function calendarEtag({ id, changes }: CalendarData, entry?: ListEntry): string {
  const hash = [...id].reduce((sum, character) => sum * 31 + (character.codePointAt(0) ?? 0), 7) % 1e13;
  return `"17${hash}${changes}${entry?.revision ?? ''}"`;
}
