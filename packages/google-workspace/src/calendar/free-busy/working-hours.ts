import { DAY_MS, MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { merged, overlap, type Span } from './spans.ts';
import type { ZoneSegment } from './zone-segments.ts';

/** In the order of `Date.prototype.getUTCDay`. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A day of the week. */
export type Weekday = (typeof DAYS)[number];

/**
 * When someone works, by the clocks of a zone: `{ mon: [['09:00', '12:30'], ['13:30', '18:00']] }`. Days that are left
 * out have no working hours. `24:00` is the end of a day; a night shift is the end of one day and the start of the next.
 */
export type WorkingHours = Partial<Record<Weekday, readonly (readonly [from: string, to: string])[]>>;

/** Working hours per weekday in milliseconds since midnight. */
export type CheckedHours = readonly (readonly Span[])[];

function timeOfDay(text: unknown, field: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(String(text)) ?? [];
  const time = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  if (!(time <= DAY_MS)) throw invalid(field, 'is not a time of day from 00:00 to 24:00');
  return time;
}

/** Throws {@link InvalidRequestError} naming the day and the hours that can't be right. */
export function checkedHours(hours: WorkingHours, place = 'workingHours'): CheckedHours {
  const given = Object.entries(hours);
  for (const [day, ranges] of given) {
    const isDay = DAYS.some((known) => known === day);
    if (!isDay) throw invalid(`${place}.${day}`, `is not a day: use ${DAYS.join(', ')}`);
    if (!Array.isArray(ranges)) throw invalid(`${place}.${day}`, 'is not a list of pairs');
  }
  return DAYS.map((day) =>
    (hours[day] ?? []).map((range, index) => {
      const field = `${place}.${day}[${index}]`;
      if (!Array.isArray(range) || range.length !== 2) throw invalid(field, 'is not a pair of times');
      const [from, to] = range as readonly [string, string];
      const span = { start: timeOfDay(from, `${field}[0]`), end: timeOfDay(to, `${field}[1]`) };
      if (span.end > span.start) return span;
      throw invalid(
        field,
        'does not end after it begins; split a night at 24:00 and continue on the next day',
      );
    }),
  );
}

/** The times at which the clocks show working hours, in order. */
export function workingTime(segments: readonly ZoneSegment[], hours: CheckedHours): Span[] {
  const spans: Span[] = [];
  for (const segment of segments) {
    const { start, end, offset } = segment;
    const firstDay = Math.floor((start + offset) / DAY_MS) * DAY_MS;
    for (let day = firstDay; day < end + offset; day += DAY_MS) {
      for (const range of hours[new Date(day).getUTCDay()] ?? []) {
        const inUtc = { start: day + range.start - offset, end: day + range.end - offset };
        spans.push(overlap(inUtc, segment));
      }
    }
  }
  return merged(spans);
}
