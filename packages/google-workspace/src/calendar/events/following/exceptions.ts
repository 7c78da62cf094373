import { isObject, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { pagesOf } from '../../../wire.ts';
import { SERVICE, unexpected } from '../../errors.ts';
import type { CalendarCall } from '../../operations.ts';
import type { EventChanges, MoveEventOptions } from '../event-input.ts';
import { placeOf } from '../event-requests.ts';
import { patchRequest } from '../event-writes.ts';
import type { CalendarEvent } from '../event.ts';
import { instanceAt } from '../instance-at.ts';
import { readEventTimes } from '../read-event-times.ts';
import { beginOf, type FoundSeries, lengthOf } from './find-series.ts';
import { differingFields } from './writable-fields.ts';

/**
 * What differs from the series, at the cut or later: changed instances, and deleted ones. Throws {@link UnexpectedResponseError} if
 * one can't be read: it would be lost with the part of the series that it belongs to.
 */
export async function exceptionsFrom(
  call: CalendarCall,
  { series, timeZone, cut }: FoundSeries,
  options: MoveEventOptions,
): Promise<CalendarEvent[]> {
  const { calendarId } = placeOf(series.id, options);
  const first = 'day' in cut ? Date.parse(cut.day) : cut.instant;
  const params = { calendarId, iCalUID: series.iCalUID, showDeleted: true, maxResults: 2500 };
  const found: CalendarEvent[] = [];
  for await (const page of pagesOf(SERVICE, call, 'events.list', params)) {
    const rows: unknown = page.member('items', []).value;
    for (const [index, row] of (Array.isArray(rows) ? rows : [rows]).entries()) {
      if (!isObject(row)) throw unexpected('answered events.list with what is no event', `items[${index}]`);
      if (row['recurringEventId'] !== series.id) continue;
      const exception = row as object as CalendarEvent;
      const { originalStartTime: start } = exception;
      const times = start && readEventTimes({ start }, timeZone);
      if (times === undefined)
        throw unexpected('answered events.list without a start', `items[${index}].originalStartTime`);
      if (beginOf(times) < first) continue;
      if (exception.attendeesOmitted)
        throw unexpected('answered events.list without some of the guests', `items[${index}].attendees`);
      found.push(exception);
    }
  }
  return found;
}

/** Where an exception goes. */
interface Target {
  found: FoundSeries;
  following: CalendarEvent;
  options: MoveEventOptions;
}

/**
 * Does to the new series what an exception did to the former one: deletes the instance, or changes and moves it. Returns
 * false if the new series has no instance then, because its rule or its time of day is another.
 */
export async function copyException(
  call: CalendarCall,
  exception: CalendarEvent,
  { found, following, options }: Target,
): Promise<boolean> {
  const instance = await instanceOf(call, exception, following, options);
  if (instance === undefined) return false;
  if (exception.status === 'cancelled') {
    const params = { ...placeOf(instance.id, options), sendUpdates: options.sendUpdates };
    await unlessNotFound(call.send('events.delete', { params }));
    return true;
  }
  const changes: EventChanges = {
    ...differingFields(exception, found.series),
    ...movedTimes(exception, found),
  };
  if (Object.keys(changes).length > 0) {
    await call.send('events.patch', patchRequest(instance.id, changes, options));
  }
  return true;
}

async function instanceOf(
  call: CalendarCall,
  { originalStartTime }: CalendarEvent,
  following: CalendarEvent,
  options: MoveEventOptions,
): Promise<CalendarEvent | undefined> {
  const originalStart = originalStartTime?.dateTime ?? originalStartTime?.date;
  try {
    return await instanceAt(call, placeOf(following.id, options), originalStart);
  } catch (error) {
    if (error instanceof InvalidRequestError) return undefined;
    throw error;
  }
}

/** Its own times, if it was moved or has another length. */
function movedTimes(
  { start, end, originalStartTime }: CalendarEvent,
  { times, timeZone }: FoundSeries,
): Pick<EventChanges, 'start' | 'end'> {
  if (start === undefined || end === undefined || originalStartTime === undefined) return {};
  const own = readEventTimes({ start, end }, timeZone);
  const original = readEventTimes({ start: originalStartTime }, timeZone);
  const isInPlace =
    own && original && beginOf(own) === beginOf(original) && lengthOf(own) === lengthOf(times);
  return isInPlace ? {} : { start, end };
}
