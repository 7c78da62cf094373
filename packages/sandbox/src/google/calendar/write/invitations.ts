import { isJsonObject, type JsonObject, stringOf } from '../../../json.ts';
import { attendeesOf, hasAddress } from '../input/attendees.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { Calendars } from '../store/calendars.ts';
import { findEvent } from '../store/instances.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import type { Writer } from './writer.ts';

/** Fields that belong to one copy of an event. */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  'colorId',
  'eventLabelId',
  'reminders',
  'transparency',
  'visibility',
]);

/**
 * Brings a meeting's copies in step: the organizer's change reaches the primary calendar of every guest who has an account,
 * under the same id and iCalUID; a guest's answer reaches the organizer, and from there the other guests.
 */
export function deliverCopies({ calendar, calendars, accounts }: Writer, event: StoredEvent): void {
  if (!calendars) return;
  if (event.organizer.email !== calendar.id) {
    answerOrganizer(calendars, calendar, event);
    return;
  }
  const guests = new Set(attendeesOf(event.fields).map(({ email }) => stringOf(email).toLowerCase()));
  for (const account of accounts.all) {
    const target = account.email === calendar.id ? undefined : calendars.byId(account.email);
    if (!target) continue;
    if (guests.has(account.email)) saveCopy(target, event);
    else uninvite(target, event);
  }
}

function saveCopy(target: CalendarData, event: StoredEvent): void {
  const before = copyIn(target, event);
  if (before && isSame(before, event)) return;
  if (!before && event.status === 'cancelled') return;
  const own = Object.entries(before?.fields ?? {}).filter(([name]) => OWN_FIELDS.has(name));
  const shared = Object.entries(event.fields).filter(([name]) => !OWN_FIELDS.has(name));
  const fields = withoutPrivateProperties(Object.fromEntries([...shared, ...own]), before?.fields);
  target.save({ ...event, fields, retired: new Map(event.retired) });
}

/** Someone who is no guest any more keeps nothing but the news. */
function uninvite(target: CalendarData, event: StoredEvent): void {
  const copy = target.events.get(event.id);
  const isCopy = copy?.iCalUID === event.iCalUID && copy.organizer.email === event.organizer.email;
  if (isCopy && copy.status !== 'cancelled')
    target.save(Object.assign(copy, { status: 'cancelled' as const }));
}

function copyIn(target: CalendarData, { id, iCalUID }: StoredEvent): StoredEvent | undefined {
  const copy = target.events.get(id);
  return copy?.iCalUID === iCalUID ? copy : undefined;
}

function isSame(copy: StoredEvent, event: StoredEvent): boolean {
  const text = ({ status, start, end, recurrence, fields }: StoredEvent): string => {
    const shared = Object.entries(withoutPrivateProperties(fields, undefined)).filter(
      ([name]) => !OWN_FIELDS.has(name),
    );
    return JSON.stringify([
      status,
      start,
      end,
      recurrence,
      shared.toSorted(([a], [b]) => a.localeCompare(b)),
    ]);
  };
  return text(copy) === text(event);
}

/** Private extended properties stay on the calendar that they were set on. */
function withoutPrivateProperties(fields: JsonObject, own: JsonObject | undefined): JsonObject {
  const { extendedProperties, ...rest } = fields;
  const shared = isJsonObject(extendedProperties) ? extendedProperties['shared'] : undefined;
  const ownProperties = own?.['extendedProperties'];
  const ofCopy = isJsonObject(ownProperties) ? ownProperties['private'] : undefined;
  const properties = {
    ...(shared !== undefined && { shared }),
    ...(ofCopy !== undefined && { private: ofCopy }),
  };
  return Object.keys(properties).length > 0 ? { ...rest, extendedProperties: properties } : rest;
}

/** What a guest says of themselves; deleting the copy declines. */
function answerOrganizer(calendars: Calendars, calendar: CalendarData, event: StoredEvent): void {
  const organizers = calendars.byId(event.organizer.email);
  const meeting = organizers && findEvent(organizers, event.id);
  if (!organizers || meeting?.iCalUID !== event.iCalUID || meeting.status === 'cancelled') return;
  const answer = attendeesOf(event.fields).find((guest) => hasAddress(guest, calendar.id));
  const declined = event.status === 'cancelled' ? { responseStatus: 'declined' } : {};
  const attendees = attendeesOf(meeting.fields).map((guest) =>
    hasAddress(guest, calendar.id) ? { ...guest, ...answer, ...declined } : guest,
  );
  if (JSON.stringify(attendees) === JSON.stringify(attendeesOf(meeting.fields))) return;
  meeting.fields = { ...meeting.fields, attendees };
  organizers.save(meeting);
  for (const { email } of attendees) {
    const address = stringOf(email).toLowerCase();
    const target = address === calendar.id ? undefined : calendars.byId(address);
    if (target && target !== organizers && copyIn(target, meeting)) saveCopy(target, meeting);
  }
}
