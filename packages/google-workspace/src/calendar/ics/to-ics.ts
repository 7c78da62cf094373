import {
  checkOptions,
  isObject,
  isTimeZone,
  type OptionTypes,
  parseInstant,
  textOf,
} from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { CalendarEvent, EventTime } from '../events/event.ts';
import { type EventTimes, readEventTimes } from '../events/read-event-times.ts';
import { basicUtc, basicWall, contentLine, textValue } from './content-line.ts';
import { timeZoneLines } from './time-zone-lines.ts';

/** What {@link toIcs} can be told. */
export interface IcsOptions {
  /** RFC 5546: `PUBLISH`, `REQUEST`, `CANCEL`, …. Default: none. */
  method?: string | undefined;
  /** IANA. Of times that have no zone of their own. Default: UTC. */
  timeZone?: string | undefined;
  /** When the text was made. Default: when each event was last changed, or now. */
  now?: Date | undefined;
}

const OPTIONS: OptionTypes<IcsOptions> = { method: 'string', timeZone: 'string', now: 'object' };

const STATUSES: Readonly<Record<string, string>> = {
  confirmed: 'CONFIRMED',
  tentative: 'TENTATIVE',
  cancelled: 'CANCELLED',
};

/**
 * Events as an iCalendar text (`.ics`, RFC 5545), for other calendars to import or to attach to a mail. Recurring events keep
 * the clocks of their zone. An instance that was deleted is taken out of its series, as Google lists it; any other event without a start
 * that can be read is left out. Throws {@link InvalidRequestError} for an
 * event without an id.
 */
export function toIcs(events: CalendarEvent | readonly CalendarEvent[], options?: IcsOptions): string {
  checkOptions(options, OPTIONS, invalid);
  const method = options?.method ?? undefined;
  const timeZone = options?.timeZone ?? 'UTC';
  if (method !== undefined && typeof method !== 'string') throw invalid('method', 'is not a string');
  const all: readonly CalendarEvent[] = Array.isArray(events) ? events : [events as CalendarEvent];
  const ids = new Set(all.map((event) => event?.id));
  const deleted = all.flatMap((event) => deletedInstance(event, ids, timeZone) ?? []);
  const missing = Map.groupBy(deleted, ({ seriesId }) => seriesId);
  const gone = new Set(deleted.map(({ event }) => event));
  const readable = all.flatMap((event, index) => {
    if (typeof event?.id !== 'string' || event.id === '') throw invalid(`events[${index}].id`, 'is missing');
    const times = readEventTimes(event, timeZone);
    return times === undefined || gone.has(event) ? [] : [{ event, times }];
  });
  const now = options?.now?.getTime() ?? Date.now();
  const zones = new Map<string, number>();
  for (const { event, times } of readable) {
    const zone = seriesZone(event, timeZone);
    if (zone === undefined || times.allDay) continue;
    zones.set(zone, Math.min(zones.get(zone) ?? Number.POSITIVE_INFINITY, times.start.getTime()));
  }
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Context SDK//Calendar//EN',
    ...(method === undefined ? [] : [`METHOD:${method}`]),
    ...[...zones].flatMap(([zone, from]) => timeZoneLines(zone, from, now)),
    ...readable.flatMap(({ event, times }) => {
      const starts = (missing.get(event.id) ?? []).map(({ start }) => start);
      return eventLines(event, { times, missing: starts }, options ?? {});
    }),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${contentLine(line)}\r\n`).join('');
}

/** The zone whose clocks a series follows. Single events have instants, which need no zone. */
function seriesZone(
  { recurrence, start, originalStartTime }: CalendarEvent,
  fallback: string,
): string | undefined {
  if (!recurrence?.length && !originalStartTime) return undefined;
  const zone = start?.timeZone ?? originalStartTime?.timeZone;
  const known = isTimeZone(zone) ? zone : fallback;
  return known === 'UTC' ? undefined : known;
}

/** A deleted instance of a series that is written, too. Google may say no more than which it was (discovery, `Event.status`). */
function deletedInstance(
  event: CalendarEvent,
  ids: ReadonlySet<string>,
  timeZone: string,
): { event: CalendarEvent; seriesId: string; start: Point } | undefined {
  const { status, recurringEventId: seriesId, originalStartTime } = event ?? {};
  if (status !== 'cancelled' || seriesId === undefined || !ids.has(seriesId)) return undefined;
  const start = isObject(originalStartTime) ? instanceTime(originalStartTime, timeZone) : undefined;
  return start && { event, seriesId, start };
}

/** When an event is, and the instances that it lacks. What a service may send instead of a field's type counts as absent. */
function eventLines(
  event: CalendarEvent,
  { times, missing }: { times: EventTimes; missing: readonly Point[] },
  options: IcsOptions,
): string[] {
  const { status, transparency, visibility, sequence, organizer, attendees, recurrence } = event;
  const { timeZone = 'UTC', now } = options ?? {};
  const zone = seriesZone(event, timeZone);
  const stamp = now?.getTime() ?? parseInstant(event.updated) ?? Date.now();
  const uid = textOf(event.iCalUID) || `${textOf(event.recurringEventId) || event.id}@google.com`;
  const original = isObject(event.originalStartTime) && instanceTime(event.originalStartTime, timeZone);
  const htmlLink = textOf(event.htmlLink);
  const statusText = STATUSES[textOf(status) ?? ''];
  const lines: (string | undefined)[] = [
    'BEGIN:VEVENT',
    `UID:${textValue(uid)}`,
    `DTSTAMP:${basicUtc(stamp)}`,
    original ? timeLine('RECURRENCE-ID', original, zone) : undefined,
    ...spanLines(times, zone),
    ...listOf(recurrence).map(textOf),
    ...missing.map((start) => timeLine('EXDATE', start, zone)),
    textLine('SUMMARY', event.summary),
    textLine('DESCRIPTION', event.description),
    textLine('LOCATION', event.location),
    statusText && `STATUS:${statusText}`,
    transparency === 'transparent' ? 'TRANSP:TRANSPARENT' : undefined,
    visibility === 'private' || visibility === 'confidential'
      ? `CLASS:${visibility.toUpperCase()}`
      : undefined,
    Number.isSafeInteger(sequence) ? `SEQUENCE:${sequence}` : undefined,
    htmlLink && `URL:${htmlLink}`,
    personLine('ORGANIZER', organizer),
    ...listOf(attendees).map(attendeeLine),
    'END:VEVENT',
  ];
  return lines.filter((line): line is string => line !== undefined && line !== '');
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textLine(name: string, value: unknown): string | undefined {
  return typeof value === 'string' ? `${name}:${textValue(value)}` : undefined;
}

type Point = { day: string } | { instant: number };

function instanceTime(start: EventTime, timeZone: string): Point | undefined {
  const times = readEventTimes({ start }, timeZone);
  if (times === undefined) return undefined;
  return times.allDay ? { day: times.day } : { instant: times.start.getTime() };
}

function spanLines(times: EventTimes, zone: string | undefined): string[] {
  if (times.allDay) {
    return [timeLine('DTSTART', { day: times.day }, zone), timeLine('DTEND', { day: times.endDay }, zone)];
  }
  const end = times.end ?? times.start;
  return [
    timeLine('DTSTART', { instant: times.start.getTime() }, zone),
    timeLine('DTEND', { instant: end.getTime() }, zone),
  ];
}

function timeLine(name: string, at: Point, zone: string | undefined): string {
  if ('day' in at) return `${name};VALUE=DATE:${at.day.replaceAll('-', '')}`;
  return zone === undefined
    ? `${name}:${basicUtc(at.instant)}`
    : `${name};TZID=${zone}:${basicWall(at.instant, zone)}`;
}

const PARTICIPATION: Readonly<Record<string, string>> = {
  accepted: 'ACCEPTED',
  declined: 'DECLINED',
  tentative: 'TENTATIVE',
};

function attendeeLine(attendee: unknown): string | undefined {
  if (!isObject(attendee)) return undefined;
  const role = attendee['optional'] === true ? ';ROLE=OPT-PARTICIPANT' : '';
  const answer = PARTICIPATION[textOf(attendee['responseStatus']) ?? ''] ?? 'NEEDS-ACTION';
  return personLine('ATTENDEE', attendee, `${role};PARTSTAT=${answer}`);
}

/** A parameter in quotes has no way to escape one (RFC 5545 §3.2). */
function personLine(property: string, person: unknown, parameters = ''): string | undefined {
  const { email, displayName } = isObject(person) ? person : {};
  if (typeof email !== 'string' || email === '') return undefined;
  const name = (textOf(displayName) ?? '').replaceAll(/["\p{Cc}]/gu, '');
  const quoted = name === '' ? '' : `;CN="${name}"`;
  return `${property}${quoted}${parameters}:mailto:${email.replaceAll(/[\s\p{Cc}]/gu, '')}`;
}
