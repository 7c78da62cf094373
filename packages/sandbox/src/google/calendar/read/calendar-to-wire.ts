import type { JsonObject } from '../../../json.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { OpenCalendar } from '../store/calendars.ts';

const CONFERENCE_PROPERTIES = { allowedConferenceSolutionTypes: ['hangoutsMeet'] };

/** A calendar as such. */
export function calendarToWire(calendar: CalendarData): JsonObject {
  const { id, summary, timeZone, isPrimary, owner } = calendar;
  return {
    kind: 'calendar#calendar',
    etag: etagOf(calendar),
    id,
    summary,
    timeZone,
    conferenceProperties: CONFERENCE_PROPERTIES,
    ...(!isPrimary && { dataOwner: owner.email }),
  };
}

/** A calendar as it stands on one user's list. */
export function entryToWire({ calendar, role }: OpenCalendar): JsonObject {
  const { id, summary, timeZone, isPrimary } = calendar;
  const owns = role === 'owner';
  return {
    kind: 'calendar#calendarListEntry',
    etag: etagOf(calendar),
    id,
    summary,
    timeZone,
    colorId: '14',
    backgroundColor: '#9fe1e7',
    foregroundColor: '#000000',
    selected: true,
    accessRole: role,
    defaultReminders: owns ? [{ method: 'popup', minutes: 10 }] : [],
    conferenceProperties: CONFERENCE_PROPERTIES,
    ...(owns && isPrimary && { primary: true }),
  };
}

function etagOf({ id }: CalendarData): string {
  return `"17${[...id].reduce((sum, character) => sum * 31 + (character.codePointAt(0) ?? 0), 7) % 1e13}"`;
}
