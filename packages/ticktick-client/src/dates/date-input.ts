import {
  checkedDay,
  checkedInstant,
  checkedTimeZone,
  dayOf,
  startOfDay,
} from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';

/** A calendar day in an IANA time zone, for all-day tasks. */
export interface CalendarDay {
  /** `2026-11-22` */
  date: string;
  timeZone: string;
}

/**
 * A point in time (a `Date`, RFC 3339 text with `Z` or an offset, or text as TickTick sends it), or a calendar day, which
 * stands for its beginning.
 */
export type DateInput = Date | string | CalendarDay;

/** Dates are sent in whole seconds. */
export const SECOND_MS = 1000;

/** A range of time in epoch milliseconds, both ends included. */
export interface Span {
  from: number;
  to: number;
}

/** `2026-11-22T09:00:00+0000`, the form that TickTick reads: no milliseconds, no colon in the offset. */
export function wireForm(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+0000`;
}

/** `2026-11-22T09:00:00.000+0000`, the form that TickTick sends, or the one that it reads. */
const WIRE_FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?)\+0000$/;

export function isCalendarDay(input: DateInput): input is CalendarDay {
  return typeof input === 'object' && input !== null && 'date' in input;
}

function startOf(day: CalendarDay, field: string): number {
  const timeZone = checkedTimeZone(day.timeZone, `${field}.timeZone`, errors.invalid);
  const date = checkedDay(day.date, `${field}.date`, errors.invalid);
  const start = startOfDay(date, timeZone);
  // A zone that changes sides of the date line skips a day.
  if (dayOf(start, timeZone) === date) return start;
  throw errors.invalid(`${field}.date`, `is not a day that existed in ${timeZone}`);
}

/** The instant that an input means, in epoch milliseconds. Throws {@link InvalidRequestError} naming the field. */
export function toInstant(input: DateInput, field: string): number {
  if (isCalendarDay(input)) return startOf(input, field);
  const rfc3339 = typeof input === 'string' ? input.replace(WIRE_FORM, '$1Z') : input;
  return checkedInstant(rfc3339, field, errors.invalid).at;
}

/** A date as TickTick reads it, or undefined. Throws {@link InvalidRequestError} naming the field. */
export function toWireDate(input: DateInput | undefined, field: string): string | undefined {
  return input === undefined ? undefined : wireForm(toInstant(input, field));
}

/** Throws {@link InvalidRequestError} naming the field. */
export function checkedSpan(range: { from: DateInput; to: DateInput }): Span {
  const from = toInstant(range?.from, 'from');
  const to = toInstant(range.to, 'to');
  if (from > to) throw errors.invalid('to', 'is before from');
  return { from, to };
}

/** The shortest span of whole seconds that contains this one. */
export function inSeconds({ from, to }: Span): Span {
  return { from: Math.floor(from / SECOND_MS) * SECOND_MS, to: Math.ceil(to / SECOND_MS) * SECOND_MS };
}
