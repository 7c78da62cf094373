import { invalid } from '../input/invalid.ts';
import { instantOfWireDate } from './task-dates.ts';
import { dayOf, isTimeZone, startOfDay } from './zoned-day.ts';

/** A calendar day in an IANA time zone, for all-day tasks. */
export interface CalendarDay {
  /** `2026-11-22` */
  date: string;
  timeZone: string;
}

/** A point in time (`Date`, or ISO 8601 text with an offset or `Z`), or a calendar day. */
export type DateInput = Date | string | CalendarDay;

/** `2026-11-22T09:00:00+0000`, the form that TickTick reads: no milliseconds, no colon in the offset. */
export function wireForm(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+0000`;
}

export function isCalendarDay(input: DateInput): input is CalendarDay {
  return typeof input === 'object' && input !== null && 'date' in input;
}

function instantOf(input: Date | string, field: string): number {
  if (input instanceof Date) {
    if (Number.isNaN(input.getTime())) throw invalid(field, 'is not a valid Date');
    return input.getTime();
  }
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(input);
  const day = input.slice(0, 10);
  const isDay = iso && new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(8));
  const instant = isDay ? instantOfWireDate(input) : undefined;
  if (instant !== undefined) return instant;
  throw invalid(
    field,
    'is not a date: give a Date, ISO 8601 text with Z or an offset, or { date, timeZone }',
  );
}

function beginningOf({ date, timeZone }: CalendarDay, field: string): number {
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) {
    throw invalid(`${field}.timeZone`, 'is not an IANA time zone');
  }
  const midnight = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(midnight)) throw invalid(`${field}.date`, 'is not a calendar day like 2026-11-22');
  const beginning = startOfDay(midnight, timeZone);
  // February 30, or a day that a zone skipped when it changed sides of the date line.
  if (dayOf(beginning, timeZone) !== date)
    throw invalid(`${field}.date`, `is not a day that there was in ${timeZone}`);
  return beginning;
}

/** The instant that an input means, in epoch milliseconds. Throws {@link InvalidRequestError} naming the field. */
export function toInstant(input: DateInput, field: string): number {
  if (isCalendarDay(input)) return beginningOf(input, field);
  if (!(input instanceof Date) && typeof input !== 'string') throw invalid(field, 'is not a date');
  return instantOf(input, field);
}

/** A date as TickTick reads it, where one is given. Throws {@link InvalidRequestError}. */
export function toWireDate(input: DateInput | undefined, field: string): string | undefined {
  return input === undefined ? undefined : wireForm(toInstant(input, field));
}
