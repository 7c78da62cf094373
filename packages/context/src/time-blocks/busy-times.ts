import { type CalendarEvent, type GoogleCalendarClient, readEventTimes } from '@context-sdk/google-workspace';
import { type CallOptions, PermissionError, ServiceUnavailableError } from '@context-sdk/oauth-core';
import { startOfDay } from '@context-sdk/oauth-core/client-kit';
import type { CheckedRange } from '../utils/input-checks.ts';
import type { BlockCalendars } from './block-calendars.ts';
import { blockedTaskId } from './block-event.ts';
import type { BlockRequest } from './time-block.ts';

/** A time that is not free. */
export interface BusyTime {
  start: Date;
  end: Date;
}

/** Google's reasons that may go away without anyone's help. */
const TEMPORARY_REASONS = new Set(['internalError', 'backendError', 'rateLimitExceeded', 'notAnswered']);

/** What takes the user's time near the requested range. */
export interface OccupiedTime {
  /** Events of the block's calendar, which may include the block. */
  events: CalendarEvent[];
  /** Busy times in other calendars. */
  elsewhere: BusyTime[];
}

/** Reads the block's calendar, its former calendar and the busy times of the others, side by side. */
export async function readOccupiedTime(
  client: GoogleCalendarClient,
  { task, range, options, call }: BlockRequest,
  { calendarId, formerId, others, timeZone }: BlockCalendars,
): Promise<OccupiedTime> {
  const bufferMs = (options.bufferMinutes ?? 0) * 60_000;
  const from = new Date(range.from.getTime() - bufferMs);
  const to = new Date(range.to.getTime() + bufferMs);
  const eventsOf = (id: string): Promise<CalendarEvent[]> => {
    const query = { ...call, calendarId: id, timeMin: from, timeMax: to, singleEvents: true };
    return client.events.list(query).toArray();
  };
  const [events, former, busyElsewhere] = await Promise.all([
    eventsOf(calendarId),
    formerId === undefined ? [] : eventsOf(formerId),
    readBusyTimes(client, others, { from, to }, call),
  ]);
  const formerWithoutBlock = former.filter((event) => blockedTaskId(event) !== task.id);
  return {
    events,
    elsewhere: [...busyElsewhere, ...formerWithoutBlock.flatMap((one) => busyTime(one, timeZone) ?? [])],
  };
}

/** The time that an event takes. `undefined` if it is declined, canceled, marked as free or unreadable. */
export function busyTime(event: CalendarEvent, timeZone: string): BusyTime | undefined {
  const { status, transparency, attendees } = event;
  const isDeclined =
    Array.isArray(attendees) &&
    attendees.some((one) => one?.self === true && one.responseStatus === 'declined');
  if (status === 'cancelled' || transparency === 'transparent' || isDeclined) return undefined;
  const times = readEventTimes(event, timeZone);
  if (times === undefined) return undefined;
  if (!times.allDay) return { start: times.start, end: times.end ?? times.start };
  return {
    start: new Date(startOfDay(times.day, timeZone)),
    end: new Date(startOfDay(times.endDay, timeZone)),
  };
}

/** A calendar that Google cannot read must not count as free, so this throws the reason. */
async function readBusyTimes(
  client: GoogleCalendarClient,
  calendarIds: readonly string[],
  { from, to }: CheckedRange,
  call: CallOptions,
): Promise<BusyTime[]> {
  if (calendarIds.length === 0) return [];
  const calendars = await client.freeBusy.query({ ...call, calendarIds, from, to });
  return Object.entries(calendars).flatMap(([calendarId, { busy, errors }]) => {
    if (busy === undefined) throw unreadableCalendar(calendarId, errors);
    return busy.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
  });
}

function unreadableCalendar(
  calendarId: string,
  reasons: readonly string[],
): PermissionError | ServiceUnavailableError {
  const message = `Google cannot tell when the calendar ${calendarId} is busy (${reasons.join(', ')}).`;
  const options = { service: 'google-calendar', serviceCode: reasons[0] };
  const isTemporary = reasons.every((reason) => TEMPORARY_REASONS.has(reason));
  return isTemporary ? new ServiceUnavailableError(message, options) : new PermissionError(message, options);
}
