import { isJsonObject, type JsonObject } from '../../../json.ts';
import { invalid } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryInteger, queryParam } from '../../api/read-call.ts';
import { attendeesOf, hasAddress } from '../input/attendees.ts';
import { type AccessRole, type CalendarData, isAtLeast } from '../store/calendar-data.ts';
import { etagOf, type Person, type StoredEvent } from '../store/stored-event.ts';
import { isTimeZone, momentToWire } from '../time/moment.ts';

/** How one caller sees events. */
export interface EventView {
  readonly role: AccessRole;
  /** The zone of the answer's times. Default: the calendar's. */
  readonly timeZone?: string | undefined;
  readonly maxAttendees?: number | undefined;
}

export function readEventView(call: GoogleCall, role: AccessRole): EventView {
  const timeZone = queryParam(call, 'timeZone');
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw invalid('Invalid time zone.', 'timeZone');
  return { role, timeZone, maxAttendees: queryInteger(call, 'maxAttendees') };
}

/** An event as the API answers it. */
export function eventToWire(event: StoredEvent, calendar: CalendarData, view: EventView): JsonObject {
  const zone = view.timeZone ?? calendar.timeZone;
  const start = momentToWire(event.start, zone);
  const end = momentToWire(event.end, zone);
  const basics = { kind: 'calendar#event', etag: etagOf(event), id: event.id, status: event.status };
  if (view.role === 'freeBusyReader') return { ...basics, start, end, visibility: 'private' };
  const common = {
    ...basics,
    htmlLink: `https://www.google.com/calendar/event?eid=${event.id}`,
    created: new Date(event.created).toISOString(),
    updated: new Date(event.updated).toISOString(),
    start,
    end,
    ...(event.recurrence.length > 0 && { recurrence: [...event.recurrence] }),
    ...seriesToWire(event, zone),
    iCalUID: event.iCalUID,
    sequence: event.sequence,
  };
  if (hidesDetails(event, view.role)) {
    const { visibility = 'private', transparency, eventType = 'default' } = event.fields;
    return { ...common, visibility, ...(transparency !== undefined && { transparency }), eventType };
  }
  return {
    ...event.fields,
    ...common,
    creator: personToWire(event.creator, calendar.owner.email),
    organizer: personToWire(event.organizer, calendar.id),
    ...attendeesToWire(event, calendar, view.maxAttendees),
    ...conferenceLink(event.fields),
    reminders: event.fields['reminders'] ?? { useDefault: true },
    eventType: event.fields['eventType'] ?? 'default',
  };
}

/** Whether a role sees no more of an event than that it is there: discovery, `AclRule.role`. */
export function hidesDetails({ fields: { visibility } }: StoredEvent, role: AccessRole): boolean {
  if (role === 'freeBusyReader') return true;
  return !isAtLeast(role, 'writer') && (visibility === 'private' || visibility === 'confidential');
}

/**
 * An event as lists show it. Of a deleted one that is only what Google guarantees, so that tests notice who relies on
 * more; an instance says where its series had it.
 */
export function listedToWire(event: StoredEvent, calendar: CalendarData, view: EventView): JsonObject {
  if (event.status !== 'cancelled') return eventToWire(event, calendar, view);
  const zone = view.timeZone ?? calendar.timeZone;
  return { kind: 'calendar#event', id: event.id, status: 'cancelled', ...seriesToWire(event, zone) };
}

function seriesToWire({ series }: StoredEvent, zone: string): JsonObject {
  if (!series) return {};
  return { recurringEventId: series.id, originalStartTime: momentToWire(series.originalStart, zone) };
}

function personToWire({ email, displayName }: Person, self: string): JsonObject {
  return { email, ...(displayName !== '' && { displayName }), ...(email === self && { self: true }) };
}

function attendeesToWire(
  { fields, organizer }: StoredEvent,
  calendar: CalendarData,
  most: number | undefined,
): JsonObject {
  const all = attendeesOf(fields).map((attendee): JsonObject => ({
    responseStatus: 'needsAction',
    ...attendee,
    ...(hasAddress(attendee, organizer.email) && { organizer: true }),
    ...(hasAddress(attendee, calendar.id) && { self: true }),
  }));
  if (all.length === 0) return {};
  if (most === undefined || all.length <= most) return { attendees: all };
  return { attendees: all.filter(({ self }) => self === true), attendeesOmitted: true };
}

function conferenceLink({ conferenceData }: JsonObject): JsonObject {
  const code = isJsonObject(conferenceData) ? conferenceData['conferenceId'] : undefined;
  return typeof code === 'string' ? { hangoutLink: `https://meet.google.com/${code}` } : {};
}

/** What of an event clients may change, in the API's spelling: what a PATCH is merged into. */
export function writableOf({ fields, status, start, end, recurrence }: StoredEvent): JsonObject {
  return {
    ...fields,
    status,
    start: momentToWire(start, zoneOf(start)),
    end: momentToWire(end, zoneOf(end)),
    ...(recurrence.length > 0 && { recurrence: [...recurrence] }),
  };
}

function zoneOf(moment: StoredEvent['start']): string {
  return 'date' in moment ? 'UTC' : moment.timeZone;
}
