import { addDays, instantOfClock, isDay, isTimeZone, readTime } from '@context-sdk/oauth-core/client-kit';
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

/** Google has no later years. */
const LAST_DAY = '9999-12-31';
/** `10000-01-01`, `+010000-01-01`. */
const IS_LATER = /^\+?\d{5,}-/;

/**
 * Reads an event's times, whoever wrote them: events come from imports and other apps, too. A time without an offset is
 * what the clocks of its own zone show, or of `timeZone` if it names none that this runtime knows. An end before the start
 * is ignored. Returns `undefined` if there is no start that can be read; never throws for what Google returned.
 */
export function readEventTimes(
  { start, end }: Pick<CalendarEvent, 'start' | 'end'>,
  timeZone: string,
): EventTimes | undefined {
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
  if (typeof date === 'string' && IS_LATER.test(date)) return LAST_DAY;
  return isDay(date) ? date : undefined;
}

function dayAfter(day: string): string {
  return day === LAST_DAY ? day : addDays(day, 1);
}

function instantIn(time: EventTime | undefined, timeZone: string): number | undefined {
  const { dateTime, timeZone: ownZone } = time ?? {};
  if (typeof dateTime !== 'string') return undefined;
  if (IS_LATER.test(dateTime)) return Date.parse(`${LAST_DAY}T00:00:00Z`);
  const read = readTime(dateTime);
  if (read === undefined) return undefined;
  if (read.offset !== undefined) return read.clock - read.offset;
  return instantOfClock(read.clock, isTimeZone(ownZone) ? ownZone : timeZone);
}
