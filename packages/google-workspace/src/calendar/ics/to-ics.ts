import { isTimeZone } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { EventAttendee } from '../events/event-parts.ts';
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

const STATUSES: Readonly<Record<string, string>> = {
  confirmed: 'CONFIRMED',
  tentative: 'TENTATIVE',
  cancelled: 'CANCELLED',
};

/**
 * Events as an iCalendar text (`.ics`, RFC 5545), for other calendars to import or to attach to a mail. Recurring events keep
 * the clocks of their zone. An event without a start that can be read is left out. Throws {@link InvalidRequestError} for an
 * event without an id.
 */
export function toIcs(events: CalendarEvent | readonly CalendarEvent[], options?: IcsOptions): string {
  const { method, timeZone = 'UTC' } = options ?? {};
  if (method !== undefined && typeof method !== 'string') throw invalid('method', 'is not a string');
  const all: readonly CalendarEvent[] = Array.isArray(events) ? events : [events as CalendarEvent];
  const readable = all.flatMap((event, index) => {
    if (typeof event?.id !== 'string' || event.id === '') throw invalid(`events[${index}].id`, 'is missing');
    const times = readEventTimes(event, timeZone);
    return times === undefined ? [] : [{ event, times }];
  });
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
    ...[...zones].flatMap(([zone, from]) => timeZoneLines(zone, from)),
    ...readable.flatMap(({ event, times }) => eventLines(event, times, options ?? {})),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${contentLine(line)}\r\n`).join('');
}

/** The zone whose clocks a series follows. Single events have instants, which need no zone. */
function seriesZone(
  { recurrence, start, originalStartTime }: CalendarEvent,
  fallback: string,
): string | undefined {
  if (!recurrence?.length && originalStartTime === undefined) return undefined;
  const zone = start?.timeZone ?? originalStartTime?.timeZone;
  const known = isTimeZone(zone) ? zone : fallback;
  return known === 'UTC' ? undefined : known;
}

function eventLines(event: CalendarEvent, times: EventTimes, options: IcsOptions): string[] {
  const { summary, description, location, status = '', transparency, visibility, sequence, htmlLink } = event;
  const { timeZone = 'UTC', now } = options ?? {};
  const zone = seriesZone(event, timeZone);
  const stamp =
    now ?? new Date(Number.isNaN(Date.parse(event.updated ?? '')) ? Date.now() : (event.updated ?? ''));
  const original = event.originalStartTime && instanceTime(event.originalStartTime, timeZone);
  const lines: (string | undefined)[] = [
    'BEGIN:VEVENT',
    `UID:${textValue(event.iCalUID ?? `${event.recurringEventId ?? event.id}@google.com`)}`,
    `DTSTAMP:${basicUtc(stamp.getTime())}`,
    original && timeLine('RECURRENCE-ID', original, zone),
    ...spanLines(times, zone),
    ...(event.recurrence ?? []),
    summary === undefined ? undefined : `SUMMARY:${textValue(summary)}`,
    description === undefined ? undefined : `DESCRIPTION:${textValue(description)}`,
    location === undefined ? undefined : `LOCATION:${textValue(location)}`,
    STATUSES[status] && `STATUS:${STATUSES[status]}`,
    transparency === 'transparent' ? 'TRANSP:TRANSPARENT' : undefined,
    visibility === 'private' || visibility === 'confidential'
      ? `CLASS:${visibility.toUpperCase()}`
      : undefined,
    sequence === undefined ? undefined : `SEQUENCE:${sequence}`,
    htmlLink === undefined ? undefined : `URL:${htmlLink.replaceAll(/[\r\n]/g, '')}`,
    event.organizer?.email &&
      `ORGANIZER${nameParameter(event.organizer.displayName)}:mailto:${addressOf(event.organizer.email)}`,
    ...(event.attendees ?? []).map(attendeeLine),
    'END:VEVENT',
  ];
  return lines.filter((line): line is string => line !== undefined && line !== '');
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

function attendeeLine({
  email,
  displayName,
  responseStatus = '',
  optional,
}: EventAttendee): string | undefined {
  if (email === undefined) return undefined;
  const role = optional ? ';ROLE=OPT-PARTICIPANT' : '';
  const answer = `;PARTSTAT=${PARTICIPATION[responseStatus] ?? 'NEEDS-ACTION'}`;
  return `ATTENDEE${nameParameter(displayName)}${role}${answer}:mailto:${addressOf(email)}`;
}

/** A parameter in quotes has no way to escape one (RFC 5545 §3.2). */
function nameParameter(name: string | undefined): string {
  return name ? `;CN="${name.replaceAll(/["\p{Cc}]/gu, '')}"` : '';
}

function addressOf(email: string): string {
  return email.replaceAll(/[\s\p{Cc}]/gu, '');
}
