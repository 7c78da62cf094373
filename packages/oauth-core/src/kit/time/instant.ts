import type { Invalid } from '../service-errors.ts';
import { readTime } from './rfc3339.ts';

/** A moment: a `Date`, or RFC 3339 text with `Z` or an offset, such as `2026-11-23T09:00:00+01:00`. */
export type Instant = Date | string;

/** A moment that services will take. */
export interface CheckedInstant {
  /** Epoch milliseconds. */
  at: number;
  /** RFC 3339, with seconds. */
  text: string;
}

/** A stretch of time; `to` is not part of it. */
export interface TimeRange {
  from: Instant;
  to: Instant;
}

/** Throws for an invalid `Date`, and for one outside the years 0 to 9999, for which RFC 3339 has no form. */
export function checkedDate(date: Date, field: string, invalid: Invalid): CheckedInstant {
  const at = date.getTime();
  if (Number.isNaN(at)) throw invalid(field, 'is an invalid Date');
  const text = date.toISOString();
  if (text.length > 24) throw invalid(field, 'is not in the years 0 to 9999');
  return { at, text };
}

/** Throws for anything but a `Date` or a real time with `Z` or an offset: without one, nine o'clock could be anywhere. */
export function checkedInstant(value: unknown, field: string, invalid: Invalid): CheckedInstant {
  if (value instanceof Date) return checkedDate(value, field, invalid);
  const time = typeof value === 'string' ? readTime(value) : undefined;
  if (time === undefined) {
    throw invalid(field, 'is neither a Date nor a time like 2026-11-23T09:00:00+01:00');
  }
  if (time.offset === undefined) throw invalid(field, 'has neither Z nor an offset such as +01:00');
  return { at: time.clock - time.offset, text: time.text };
}

/**
 * Reads a moment that came from outside, in epoch milliseconds: RFC 3339 with `Z` or an offset. `undefined` for anything else, of which
 * `Date.parse` takes much: it reads `60` as a year, and a time without an offset in this machine's zone.
 */
export function parseInstant(text: unknown): number | undefined {
  const time = typeof text === 'string' ? readTime(text) : undefined;
  return time?.offset === undefined ? undefined : time.clock - time.offset;
}

/** Both ends of a range in epoch milliseconds. Throws where one is wrong, or where it is empty. */
export function checkedTimeRange(
  range: TimeRange,
  invalid: Invalid,
  prefix = '',
): { from: number; to: number } {
  const from = checkedInstant(range?.from, `${prefix}from`, invalid).at;
  const to = checkedInstant(range?.to, `${prefix}to`, invalid).at;
  if (to <= from) throw invalid(`${prefix}to`, `is not after ${prefix}from`);
  return { from, to };
}
