import {
  addDays,
  checkedDate,
  checkedDay,
  checkedTimeZone,
  instantOfClock,
  readTime,
  zonedText,
} from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { EventChanges, EventInput, EventTimeInput } from './event-input.ts';
import type { EventTime } from './event.ts';

type Times = Pick<EventChanges, 'start' | 'end' | 'recurrence'>;

/** A time that Google accepts. */
interface CheckedTime {
  wire: EventTime;
  isAllDay: boolean;
  /** Epoch milliseconds. For a day: its midnight in UTC. */
  at: number;
}

/** `start` and `end` as Google accepts them. Throws {@link InvalidRequestError} if they don't fit together. */
export function checkedTimes(event: EventInput): { start: EventTime; end: EventTime } {
  const start = checkedTime(event.start, 'start');
  const end = checkedTime(event.end, 'end');
  checkTogether(start, end);
  if (event.recurrence?.length) checkZones({ start, end });
  return { start: start.wire, end: end.wire };
}

/** The same for changes, which may hold one of the two. A patch merges, so the other kind of time is cleared. */
export function checkedTimeChanges(changes: Times): { start?: object; end?: object } {
  const start = checkedChange(changes.start, 'start');
  const end = checkedChange(changes.end, 'end');
  if (start && end) checkTogether(start, end);
  if (changes.recurrence?.length) checkZones({ start, end });
  return { ...(start && { start: replacing(start) }), ...(end && { end: replacing(end) }) };
}

/**
 * `start` and `end` of an event that lasts from the first day (`2026-12-24`) through the last. Default for the last: the
 * first. Google's `end` is the day after. Throws {@link InvalidRequestError}.
 */
export function allDay(
  first: string,
  last: string = first,
): { start: { date: string }; end: { date: string } } {
  checkedDay(first, 'first', invalid);
  checkedDay(last, 'last', invalid);
  if (last < first) throw invalid('last', 'is before first');
  return { start: { date: first }, end: { date: addDays(last, 1) } };
}

function checkedTime(time: EventTimeInput, field: string): CheckedTime {
  if (typeof time !== 'object' || time === null)
    throw invalid(field, 'is missing or not an object: give { dateTime } or { date }');
  const { date, dateTime, timeZone, ...rest } = time;
  const zone = timeZone === undefined ? undefined : checkedTimeZone(timeZone, `${field}.timeZone`, invalid);
  if ((date === undefined) === (dateTime === undefined)) {
    throw invalid(field, 'needs either dateTime, or date for all day');
  }
  const inZone = { ...rest, ...(zone !== undefined && { timeZone: zone }) };
  if (date !== undefined) {
    const day = checkedDay(date, `${field}.date`, invalid);
    return { wire: { ...inZone, date: day }, isAllDay: true, at: Date.parse(`${day}T00:00:00Z`) };
  }
  const { at, text } = checkedDateTime(dateTime, zone, field);
  return { wire: { ...inZone, dateTime: text }, isAllDay: false, at };
}

/** An instant, or what the clocks of the zone show: the one time that may lack an offset. */
function checkedDateTime(
  dateTime: unknown,
  zone: string | undefined,
  field: string,
): { at: number; text: string } {
  if (dateTime instanceof Date) {
    const { at, text } = checkedDate(dateTime, `${field}.dateTime`, invalid);
    return { at, text: zone === undefined ? text : zonedText(at, zone) };
  }
  const time = typeof dateTime === 'string' ? readTime(dateTime) : undefined;
  if (time === undefined) {
    throw invalid(`${field}.dateTime`, 'is neither a Date nor a time like 2026-11-23T09:00:00');
  }
  const { clock, offset, text } = time;
  if (offset !== undefined) return { at: clock - offset, text };
  if (zone === undefined) throw invalid(`${field}.timeZone`, 'is needed, since dateTime has no offset');
  return { at: instantOfClock(clock, zone), text };
}

function checkedChange(time: Times['start'], field: 'start' | 'end'): CheckedTime | undefined {
  if (time === null) throw invalid(field, "can't be cleared: every event has one");
  return time && checkedTime(time, field);
}

function replacing({ wire, isAllDay }: CheckedTime): object {
  return isAllDay ? { dateTime: null, ...wire } : { date: null, ...wire };
}

function checkTogether(start: CheckedTime, end: CheckedTime): void {
  if (start.isAllDay !== end.isAllDay) {
    throw invalid('end', `must be ${start.isAllDay ? 'a date' : 'a dateTime'}, as start is`);
  }
  if (end.at > start.at) return;
  if (start.isAllDay) {
    throw invalid('end', 'is not after start: the date of an end is the first day after the event');
  }
  // An event at one instant, such as a deadline, is fine.
  if (end.at < start.at) throw invalid('end', 'is before start');
}

/** A recurring event needs a zone: without one, Google can't know when it takes place once the clocks change. */
function checkZones(times: Record<'start' | 'end', CheckedTime | undefined>): void {
  for (const [field, time] of Object.entries(times)) {
    if (time && !time.isAllDay && time.wire.timeZone === undefined) {
      throw invalid(`${field}.timeZone`, 'is needed, since the event recurs');
    }
  }
}
