import { DAY_MS, isTimeZone, zonedText } from '@context-sdk/oauth-core/client-kit';
import { invalid, unexpected } from '../../errors.ts';
import type { CalendarCall } from '../../operations.ts';
import type { EventOptions } from '../event-input.ts';
import { placeOf } from '../event-requests.ts';
import type { CalendarEvent, EventTime } from '../event.ts';
import { type EventTimes, readEventTimes } from '../read-event-times.ts';
import type { Cut } from './recurrence-parts.ts';

/** The series of an instance, and where the instance would start by it. */
export interface FoundSeries {
  series: CalendarEvent;
  times: EventTimes;
  /** IANA. */
  timeZone: string;
  cut: Cut;
  /** Whether the instance is the series' first. */
  isFirst: boolean;
}

/** Throws {@link NotFoundError}, and {@link InvalidRequestError} for an event that is no instance. */
export async function findSeries(
  call: CalendarCall,
  instanceId: string,
  options: EventOptions,
): Promise<FoundSeries> {
  const read = async (eventId: string): Promise<CalendarEvent> => {
    const response = await call.send('events.get', { params: placeOf(eventId, options) });
    return response.object<CalendarEvent>({ id: 'string' });
  };
  const { recurringEventId, originalStartTime: start } = await read(instanceId);
  if (recurringEventId === undefined || start === undefined) {
    throw invalid('eventId', 'is not an instance of a recurring event');
  }
  const series = await read(recurringEventId);
  const zone = series.start?.timeZone;
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const times = readEventTimes(series, timeZone);
  const original = readEventTimes({ start }, timeZone);
  if (times === undefined || original === undefined)
    throw invalid('eventId', 'has no start that can be read');
  const cut = original.allDay ? { day: original.day } : { instant: original.start.getTime() };
  return { series, times, timeZone, cut, isFirst: beginOf(times) === beginOf(original) };
}

/** What says when a series recurs. Throws {@link UnexpectedResponseError}: it is written back, so a part of it is not enough. */
export function recurrenceOf({ recurrence }: CalendarEvent): readonly string[] {
  const lines: unknown = recurrence;
  if (Array.isArray(lines) && lines.length > 0 && lines.every((line) => typeof line === 'string'))
    return lines;
  throw unexpected('answered events.get without lines in recurrence', 'recurrence');
}

/** The start and end that the series gives its instance at the cut. */
export function timesAtCut({ series, times, timeZone, cut }: FoundSeries): {
  start: EventTime;
  end: EventTime;
} {
  if (!series.end || readEventTimes({ start: series.end }, timeZone) === undefined)
    throw unexpected('answered events.get without an end that can be read', 'end');
  if ('day' in cut) {
    const lengthMs = times.allDay ? Date.parse(times.endDay) - Date.parse(times.day) : DAY_MS;
    const endDay = new Date(Date.parse(cut.day) + lengthMs).toISOString().slice(0, 10);
    return { start: { date: cut.day }, end: { date: endDay } };
  }
  const endZone = isTimeZone(series.end?.timeZone) ? series.end.timeZone : timeZone;
  return {
    start: { dateTime: zonedText(cut.instant, timeZone), timeZone },
    end: { dateTime: zonedText(cut.instant + lengthOf(times), endZone), timeZone: endZone },
  };
}

/** Epoch milliseconds; of a day, its midnight in UTC. */
export function beginOf(times: EventTimes): number {
  return times.allDay ? Date.parse(times.day) : times.start.getTime();
}

/** Milliseconds. */
export function lengthOf(times: EventTimes): number {
  const end = times.allDay ? Date.parse(times.endDay) : (times.end ?? times.start).getTime();
  return end - beginOf(times);
}
