import { isTimeZone, zonedText } from '@context-sdk/oauth-core/client-kit';
import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { withDayUntil, withTimeUntil } from '@context-sdk/oauth-core/recurrence';
import type ICAL from 'ical.js';
import { invalid } from '../errors.ts';
import type { EventInput } from '../events/event-input.ts';
import type { EventAttendee, EventPerson } from '../events/event-parts.ts';
import type { EventTime } from '../events/event.ts';
import { readInstant } from '../times/read-instant.ts';
import { zoneOfWindows } from './windows-zones.ts';
import { checkZoneRules } from './zone-rules.ts';

type Component = InstanceType<typeof ICAL.Component>;
type Property = InstanceType<typeof ICAL.Property>;
type Time = InstanceType<typeof ICAL.Time>;

/** A time, and the zone that its property names. */
interface ZonedTime {
  time: Time;
  tzid: string | undefined;
}

/** An event of an iCalendar text, as Google takes it. */
export interface ImportedEvent {
  /** The event's `UID`. */
  iCalUID: string;
  /** Of an instance that differs from its series: where the series has it. An instant, or a day. */
  originalStart?: string;
  body: EventInput & { organizer?: EventPerson };
}

/** Values of PARTSTAT, by RFC 5545 §3.2.12. */
const RESPONSES: Readonly<Record<string, string>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};

/** What Google takes for an attendee's address. */
const ADDRESS = /^[^\s@,<>]+@[^\s@,<>]+$/;

/**
 * The events of an iCalendar text. A zone that this runtime doesn't know is replaced by `timeZone`, and its times are read by
 * the text's own VTIMEZONE. Throws {@link InvalidRequestError} at `ics` for anything else.
 */
export async function parseIcs(ics: string, timeZone?: string): Promise<ImportedEvent[]> {
  return (await readIcs(ics, timeZone)).map((event) => {
    if ('error' in event) throw event.error;
    return event;
  });
}

/** The same, with the error in place of an event that can't be read. */
export async function readIcs(
  ics: string,
  timeZone?: string,
): Promise<(ImportedEvent | { iCalUID: string; error: InvalidRequestError })[]> {
  const { default: library } = await import('ical.js');
  if (typeof ics !== 'string') throw invalid('ics', 'is not a string');
  let calendars: Component[];
  try {
    const parsed: unknown = library.parse(mended(ics));
    const all = Array.isArray(parsed) && Array.isArray(parsed[0]) ? (parsed as unknown[]) : [parsed];
    calendars = all.map(
      (one) => new library.Component(one as ConstructorParameters<typeof ICAL.Component>[0]),
    );
  } catch {
    throw invalid('ics', 'is not an iCalendar text');
  }
  return calendars.flatMap((calendar) => {
    if (calendar.name !== 'vcalendar') throw invalid('ics', 'is not a VCALENDAR');
    const named = textOf(calendar, 'x-wr-timezone');
    const zone = timeZone ?? (isTimeZone(named) ? named : 'UTC');
    return calendar.getAllSubcomponents('vevent').map((event, index) => {
      const field = `ics[${index}]`;
      try {
        return importedEvent(event, zone, field);
      } catch (thrown) {
        // What the library throws of a value names no event.
        const isNamed = thrown instanceof InvalidRequestError;
        const error = isNamed ? thrown : invalid(field, 'has a value that is not of its type');
        return { iCalUID: textOf(event, 'uid') ?? '', error };
      }
    });
  });
}

/** A day without `VALUE=DATE`, which many programs leave out. */
const DAY_WITHOUT_TYPE = /^((?:DTSTART|DTEND|RECURRENCE-ID)(?:;(?!VALUE=)[^:;\n]*)*):(\d{8})$/gim;

/** A line without a name, such as the rest of a text whose line end was not escaped: the library would refuse all events. */
const NO_PROPERTY = /^[^:\n]+\n/gm;

/** Without what many programs write and the library does not take: a byte order mark, single CRs, lines and days that don't say what they are. */
function mended(ics: string): string {
  const lines = ics.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const unfolded = lines.replaceAll(/\n[ \t]/g, '');
  return unfolded.replaceAll(NO_PROPERTY, '').replaceAll(DAY_WITHOUT_TYPE, '$1;VALUE=DATE:$2');
}

function importedEvent(event: Component, zone: string, field: string): ImportedEvent {
  const iCalUID = textOf(event, 'uid');
  const start = timeOf(event, 'dtstart');
  if (iCalUID === undefined) throw invalid(`${field}.UID`, 'is missing');
  if (start === undefined) throw invalid(`${field}.DTSTART`, 'is missing');
  const original = timeOf(event, 'recurrence-id');
  return {
    iCalUID,
    ...(original && { originalStart: originalStartOf(original, zone) }),
    body: {
      ...fieldsOf(event, eventTime(start, zone), zone),
      start: eventTime(start, zone),
      end: eventTime(endOf(event, start), zone),
    },
  };
}

function fieldsOf(event: Component, start: EventTime, zone: string): Partial<ImportedEvent['body']> {
  const attendees = event.getAllProperties('attendee').flatMap((property) => attendeeIn(property) ?? []);
  const organizer = event.getFirstProperty('organizer');
  const recurrence = ['rrule', 'exrule', 'rdate', 'exdate'].flatMap((name) =>
    event.getAllProperties(name).map((property) => recurrenceLine(property, start, zone)),
  );
  const status = textOf(event, 'status')?.toLowerCase();
  const visibility = textOf(event, 'class')?.toLowerCase();
  const transparency = textOf(event, 'transp')?.toLowerCase();
  const entries = Object.entries({
    summary: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    location: textOf(event, 'location'),
    status: status === 'tentative' || status === 'cancelled' ? status : 'confirmed',
    transparency: transparency === 'transparent' ? transparency : undefined,
    visibility: visibility === 'private' || visibility === 'confidential' ? visibility : undefined,
    recurrence: recurrence.length > 0 ? recurrence : undefined,
    attendees: attendees.length > 0 ? attendees : undefined,
    organizer: organizer ? personIn(organizer) : undefined,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** One line of the text, unfolded, in a zone that Google knows. `UNTIL` gets the type of the start, which Google insists on. */
function recurrenceLine(property: Property, { timeZone }: EventTime, fallback: string): string {
  const line = property.toICALString().replaceAll(/\r?\n[ \t]/g, '');
  if (!/^(?:RRULE|EXRULE):/i.test(line)) return datesLine(property, line, fallback);
  if (timeZone !== undefined) return withTimeUntil(line, timeZone);
  // Midnight in UTC is how many programs write a day.
  return withDayUntil(line, /T000000Z/i.test(line) ? 'UTC' : fallback);
}

/** Dates in a zone that Google doesn't know go to another one as the start does. */
function datesLine(property: Property, line: string, fallback: string): string {
  const tzid = property.getFirstParameter('tzid');
  if (!tzid) return line;
  const times = property.getValues().filter((value): value is Time => isTime(value) && !value.isDate);
  const known = zoneNamed(tzid) ?? zoneIn(times[0]) ?? (times.length === 0 ? fallback : undefined);
  if (known !== undefined) return line.replace(/;TZID=(?:"[^"]*"|[^:;]*)/i, `;TZID=${known}`);
  const written = times.map((time) => eventTime({ time, tzid }, fallback).dateTime ?? '');
  const dates = written.map((text) => text.slice(0, 19).replaceAll(/[-:]/g, ''));
  return `${property.name.toUpperCase()};TZID=${fallback}:${dates.join(',')}`;
}

/** Undefined for a resource that has no address: `urn:uuid:…`, `invalid:nomail`. RFC 7986 §6.2 has it in a parameter then. */
function personIn(property: Property): (EventPerson & { email: string }) | undefined {
  const name = property.getFirstParameter('cn');
  const value = String(property.getFirstValue() ?? '').replace(/^mailto:/i, '');
  const email = [value, property.getFirstParameter('email') ?? '']
    .map((text) => text.trim())
    .find((text) => ADDRESS.test(text));
  return email === undefined ? undefined : { email, ...(name && { displayName: name }) };
}

function attendeeIn(property: Property): EventAttendee | undefined {
  const person = personIn(property);
  const responseStatus =
    RESPONSES[property.getFirstParameter('partstat')?.toUpperCase() ?? ''] ?? 'needsAction';
  const isOptional = property.getFirstParameter('role')?.toUpperCase() === 'OPT-PARTICIPANT';
  return person && { ...person, responseStatus, ...(isOptional && { optional: true }) };
}

/** DTEND, or DTSTART with DURATION; without either, a day for days and no length for times (RFC 5545 §3.6.1). */
function endOf(event: Component, { time, tzid }: ZonedTime): ZonedTime {
  const end = timeOf(event, 'dtend');
  if (end !== undefined) return end;
  const later = time.clone();
  const duration: unknown = event.getFirstPropertyValue('duration');
  if (typeof duration === 'object' && duration !== null && 'toSeconds' in duration) {
    later.addDuration(duration as Parameters<Time['addDuration']>[0]);
  } else if (time.isDate) later.adjust(1, 0, 0, 0);
  return { time: later, tzid };
}

/** What the clocks of the zone show. A zone that only the text knows is read by its VTIMEZONE. */
function eventTime({ time, tzid }: ZonedTime, fallback: string): EventTime {
  if (time.isDate) return { date: time.toString() };
  const clock = time.toString().replace(/Z$/, '');
  const zone = tzid ?? time.zone?.tzid;
  const known = zoneNamed(zone) ?? zoneIn(time);
  if (known !== undefined) return { dateTime: clock, timeZone: known };
  if (zone === 'floating' || time.zone?.tzid === 'floating') return { dateTime: clock, timeZone: fallback };
  checkZoneRules(time.zone);
  return { dateTime: zonedText(time.toUnixTime() * 1000, fallback), timeZone: fallback };
}

/** The IANA zone in a name such as `/mozilla.org/20050126_1/Europe/Berlin`, or of a zone of Windows. None has more than three parts. */
function zoneNamed(name: string = ''): string | undefined {
  const parts = name.split('/').slice(-3);
  const named = parts.map((_, index) => parts.slice(index).join('/')).find((part) => isTimeZone(part));
  return named ?? zoneOfWindows(name);
}

/** The IANA zone that libical and what is made with it write into a VTIMEZONE of another name. */
function zoneIn(time: Time | undefined): string | undefined {
  const name: unknown = time?.zone?.component?.getFirstPropertyValue('x-lic-location');
  return typeof name === 'string' && isTimeZone(name) ? name : undefined;
}

/** The same as Google takes it for `originalStart`: a day, or an instant. */
function originalStartOf(original: ZonedTime, fallback: string): string {
  const { date, dateTime = '', timeZone = fallback } = eventTime(original, fallback);
  if (date !== undefined) return date;
  const read = readInstant(dateTime, timeZone);
  return zonedText(read ?? 0, timeZone);
}

function timeOf(event: Component, name: string): ZonedTime | undefined {
  const property = event.getFirstProperty(name);
  const time: unknown = property?.getFirstValue();
  if (!isTime(time)) return undefined;
  // The library takes 30 February for 2 March.
  const written: unknown = property?.jCal[3];
  if (time.toString() !== written) throw new RangeError(`${name} is no time.`);
  return { time, tzid: property?.getFirstParameter('tzid') };
}

function isTime(value: unknown): value is Time {
  return typeof value === 'object' && value !== null && 'isDate' in value;
}

function textOf(component: Component, name: string): string | undefined {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
