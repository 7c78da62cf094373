import type { Instant } from '@context-sdk/google-workspace';
import { invalid } from './invalid.ts';

/** A span of time; `to` is not part of it. */
export interface CheckedRange {
  from: Date;
  to: Date;
}

function checkedInstant(value: unknown, field: string): Date {
  const isText = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value);
  const date = value instanceof Date ? value : new Date(isText ? value : NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw invalid(field, 'is neither a Date nor a time with Z or an offset, like 2026-11-23T09:00:00+01:00');
}

/** Throws {@link InvalidRequestError} naming the end that can't be. */
export function checkedRange(range: { from: Instant; to: Instant }, name = ''): CheckedRange {
  const from = checkedInstant(range?.from, `${name}from`);
  const to = checkedInstant(range?.to, `${name}to`);
  if (to > from) return { from, to };
  throw invalid(`${name}to`, `is not after ${name}from`);
}

/** Throws {@link InvalidRequestError} for what is no IANA zone that this runtime knows. */
export function checkedTimeZone(timeZone: unknown): string {
  try {
    if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) throw new RangeError();
    new Intl.DateTimeFormat('en', { timeZone }).format(0);
    return timeZone;
  } catch {
    throw invalid('timeZone', 'is not an IANA time zone such as Europe/Zurich');
  }
}
