import type { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type CallOptions, PermissionError, ServiceUnavailableError } from '@context-sdk/oauth-core';
import type { CheckedRange } from '../utils/input-checks.ts';
import type { BusyTime } from './busy-times.ts';

/** Google's reasons that may go away without anyone's help. */
const TEMPORARY_REASONS = new Set(['internalError', 'backendError', 'rateLimitExceeded', 'notAnswered']);

/**
 * When calendars are busy of which no events can be read. Throws the reason for one that Google can't tell it of: it must not count
 * as free.
 */
export async function readBusyTimes(
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
