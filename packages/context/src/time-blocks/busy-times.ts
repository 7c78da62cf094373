import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type CallOptions, PermissionError, ServiceUnavailableError } from '@context-sdk/oauth-core';
import { dayAfter, startOfDay } from '../utils/zoned-day.ts';
import type { CheckedRange } from '../utils/checked-range.ts';

/** A time that is not free. */
export interface Busy {
  start: Date;
  end: Date;
}

/** When an event takes time; `undefined` where it takes none: declined, or marked as free. */
export function busyTime(event: CalendarEvent, timeZone: string): Busy | undefined {
  const { start, end, status, transparency, attendees = [] } = event;
  const isDeclined = attendees.some(
    ({ self, responseStatus }) => self === true && responseStatus === 'declined',
  );
  if (status === 'cancelled' || transparency === 'transparent' || isDeclined) return undefined;
  if (start?.dateTime !== undefined && end?.dateTime !== undefined) {
    return { start: new Date(start.dateTime), end: new Date(end.dateTime) };
  }
  if (start?.date === undefined) return undefined;
  return {
    start: startOfDay(start.date, timeZone),
    end: startOfDay(end?.date ?? dayAfter(start.date), timeZone),
  };
}

/** Reasons of Google's that pass by themselves. */
const PASSING = new Set(['internalError', 'backendError', 'rateLimitExceeded', 'notAnswered']);

/**
 * When other calendars are busy. Of one that Google can't answer for nobody knows when it is free: throws
 * {@link PermissionError} or, where it may pass, {@link ServiceUnavailableError}.
 */
export async function busyElsewhere(
  client: GoogleCalendarClient,
  calendarIds: readonly string[],
  { from, to }: CheckedRange,
  options: CallOptions,
): Promise<Busy[]> {
  if (calendarIds.length === 0) return [];
  const answers = await client.freeBusy.query({ ...options, calendarIds, from, to });
  return Object.entries(answers).flatMap(([calendarId, { busy, errors }]) => {
    if (busy === undefined) throw unknown(calendarId, errors);
    return busy.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
  });
}

function unknown(calendarId: string, errors: readonly string[]): PermissionError | ServiceUnavailableError {
  const message = `Google does not say when the calendar ${calendarId} is busy (${errors.join(', ')}).`;
  const options = { service: 'google-calendar', serviceCode: errors[0] };
  const isPassing = errors.every((reason) => PASSING.has(reason));
  return isPassing ? new ServiceUnavailableError(message, options) : new PermissionError(message, options);
}
