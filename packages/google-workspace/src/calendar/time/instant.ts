import { invalid } from '../invalid.ts';
import { readTime } from './written-time.ts';

/** A moment: a `Date`, or RFC 3339 text with `Z` or an offset, like `2026-11-23T09:00:00+01:00`. */
export type Instant = Date | string;

interface CheckedInstant {
  /** Epoch milliseconds. */
  at: number;
  /** As Google takes it. */
  text: string;
}

/** Throws for a `Date` that is none, or that RFC 3339 has no year for. */
export function checkedDate(date: Date, field: string): CheckedInstant {
  const at = date.getTime();
  if (Number.isNaN(at)) throw invalid(field, 'is an invalid Date');
  const text = date.toISOString();
  if (text.length > 24) throw invalid(field, 'is not in the years 0 to 9999');
  return { at, text };
}

/** Throws for a text without an offset: whose nine o'clock would it be? */
export function checkedInstant(value: unknown, field: string): CheckedInstant {
  if (value instanceof Date) return checkedDate(value, field);
  const time = typeof value === 'string' ? readTime(value) : undefined;
  if (time === undefined) {
    throw invalid(field, 'is neither a Date nor a time like 2026-11-23T09:00:00+01:00');
  }
  if (time.offset === undefined) throw invalid(field, 'has neither Z nor an offset such as +01:00');
  return { at: time.clock - time.offset, text: time.text };
}

/** The text of a moment that may be left out. */
export function instantText(value: Instant | undefined, field: string): string | undefined {
  return value === undefined ? undefined : checkedInstant(value, field).text;
}
