import { invalid } from '../../invalid.ts';
import { checkedDate } from '../../time/instant.ts';
import { instantOfLocal } from '../../time/local-time.ts';
import { checkedTimeZone } from '../../time/time-zone.ts';
import { isDay, readTime } from '../../time/written-time.ts';
import { zonedText } from '../../time/zoned-text.ts';
import type { EventTime, EventTimeInput } from '../event-time.ts';

/** A time that Google will take. */
export interface CheckedTime {
  wire: EventTime;
  isAllDay: boolean;
  /** Epoch milliseconds; of a day, its midnight as if in UTC. */
  at: number;
}

/** Throws {@link InvalidRequestError} naming what of `start` or `end` can't be right. */
export function checkedTime(time: EventTimeInput, field: string): CheckedTime {
  if (typeof time !== 'object' || time === null) throw invalid(field, 'is missing or not an object');
  const { date, dateTime, timeZone, ...rest } = time;
  const zone = timeZone === undefined ? undefined : checkedTimeZone(timeZone, `${field}.timeZone`);
  if ((date === undefined) === (dateTime === undefined)) {
    throw invalid(field, 'needs dateTime, or date for all day, and not both');
  }
  const inZone = { ...rest, ...(zone !== undefined && { timeZone: zone }) };
  if (date !== undefined) {
    if (!isDay(date)) throw invalid(`${field}.date`, 'is not a day like 2026-12-24');
    return { wire: { ...inZone, date }, isAllDay: true, at: Date.parse(`${date}T00:00:00Z`) };
  }
  const { at, text } = checkedDateTime(dateTime, zone, field);
  return { wire: { ...inZone, dateTime: text }, isAllDay: false, at };
}

function checkedDateTime(
  dateTime: unknown,
  zone: string | undefined,
  field: string,
): { at: number; text: string } {
  if (dateTime instanceof Date) {
    const { at, text } = checkedDate(dateTime, `${field}.dateTime`);
    return { at, text: zone === undefined ? text : zonedText(at, zone) };
  }
  const time = typeof dateTime === 'string' ? readTime(dateTime) : undefined;
  if (time === undefined) {
    throw invalid(`${field}.dateTime`, 'is neither a Date nor a time like 2026-11-23T09:00:00');
  }
  const { clock, offset, text } = time;
  if (offset !== undefined) return { at: clock - offset, text };
  if (zone === undefined) throw invalid(`${field}.timeZone`, 'is needed, since dateTime has no offset');
  return { at: instantOfLocal(clock, zone), text };
}
