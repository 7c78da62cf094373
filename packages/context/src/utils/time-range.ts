import type { Instant } from '@context-sdk/google-workspace';
import { invalidInput } from './input-checks.ts';

/** A time range that was checked. `to` is exclusive. */
export interface CheckedRange {
  from: Date;
  to: Date;
}

function checkedInstant(value: unknown, field: string): Date {
  const isText = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value);
  const date = value instanceof Date ? value : new Date(isText ? value : NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw invalidInput(
    field,
    'must be a Date, or a time with Z or an offset such as 2026-11-23T09:00:00+01:00',
  );
}

/** Throws {@link InvalidRequestError} that names the invalid end: `within.to` with the prefix `within.`. */
export function checkedRange(range: { from: Instant; to: Instant }, prefix = ''): CheckedRange {
  const from = checkedInstant(range?.from, `${prefix}from`);
  const to = checkedInstant(range?.to, `${prefix}to`);
  if (to > from) return { from, to };
  throw invalidInput(`${prefix}to`, `must be after ${prefix}from`);
}

/** Throws {@link InvalidRequestError} unless this is an IANA time zone that the runtime knows. */
export function checkedTimeZone(timeZone: unknown): string {
  try {
    if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) throw new RangeError();
    new Intl.DateTimeFormat('en', { timeZone }).format(0);
    return timeZone;
  } catch {
    throw invalidInput('timeZone', 'must be an IANA time zone such as Europe/Zurich');
  }
}
