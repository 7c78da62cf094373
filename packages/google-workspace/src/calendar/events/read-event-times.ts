import { addDays, isDay } from '@context-sdk/oauth-core/client-kit';
import { isAfterLastDay, LAST_DAY, readInstant } from '../times/read-instant.ts';
import type { CalendarEvent, EventTime } from './event.ts';

/** When an event takes place: on days, which are the same in every zone, or at instants. */
export type EventTimes =
  | {
      allDay: true;
      /** `2026-12-24`. */
      day: string;
      /** The first day after the event. */
      endDay: string;
    }
  | {
      allDay: false;
      start: Date;
      /** Absent if the event has no end that can be read. */
      end?: Date;
    };

/**
 * Reads an event's times, whoever wrote them: events come from imports and other apps, too. A time without an offset is
 * what the clocks of its own zone show, or of `timeZone` if it names none that this runtime knows. An end before the start
 * is ignored. Returns `undefined` if there is no start that can be read; never throws for what Google returned.
 */
export function readEventTimes(
  event: Pick<CalendarEvent, 'start' | 'end'>,
  timeZone: string,
): EventTimes | undefined {
  const { start, end } = event ?? {};
  if (isDay(start?.date)) {
    const day = start.date;
    const endDay = dayIn(end);
    return { allDay: true, day, endDay: endDay !== undefined && endDay > day ? endDay : dayAfter(day) };
  }
  const begins = instantIn(start, timeZone);
  if (begins === undefined) return undefined;
  const ends = instantIn(end, timeZone);
  const isEnd = ends !== undefined && ends >= begins;
  return { allDay: false, start: new Date(begins), ...(isEnd && { end: new Date(ends) }) };
}

function dayIn(time: EventTime | undefined): string | undefined {
  const { date } = time ?? {};
  if (typeof date === 'string' && isAfterLastDay(date)) return LAST_DAY;
  return isDay(date) ? date : undefined;
}

function dayAfter(day: string): string {
  return day === LAST_DAY ? day : addDays(day, 1);
}

function instantIn(time: EventTime | undefined, timeZone: string): number | undefined {
  return readInstant(time?.dateTime, time?.timeZone, timeZone);
}
