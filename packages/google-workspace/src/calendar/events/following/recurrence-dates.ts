import { readInstant } from '../../times/read-instant.ts';

/** One of the dates of an RDATE or EXDATE line. */
export interface RecurrenceDate {
  /** As it is written. */
  text: string;
  /** As it is written, too: `2026-12-24`. */
  day: string;
  /** Epoch milliseconds, unless it is a day. */
  instant: number | undefined;
}

/** A date or a time of RFC 5545; of a period, where it begins. */
const DATE = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?/i;

/**
 * The dates of a line, and what stands before its colon. A time without `Z` is what the clocks of the line's `TZID` show, or those of
 * the series' zone.
 */
export function datesIn(line: string, timeZone: string): { head: string; dates: RecurrenceDate[] } {
  const at = line.indexOf(':');
  const head = line.slice(0, at);
  const [, zone] = /;TZID="?([^":;]+)/i.exec(head) ?? [];
  const dates = line.slice(at + 1).split(',');
  return { head, dates: dates.map((text) => dateIn(text, zone, timeZone)) };
}

function dateIn(text: string, zone: string | undefined, timeZone: string): RecurrenceDate {
  const [, year, month, date, hour, minute, second, utc = ''] = DATE.exec(text) ?? [];
  const day = `${year}-${month}-${date}`;
  if (hour === undefined) return { text, day, instant: undefined };
  const time = `${day}T${hour}:${minute}:${second}${utc.toUpperCase()}`;
  return { text, day, instant: readInstant(time, zone, timeZone) };
}
