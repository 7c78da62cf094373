import { InvalidRequestError } from '@context-sdk/oauth-core';
import { dayOf, isTimeZone, startOfDay } from './zoned-day.ts';

/** A calendar day in an IANA time zone, for all-day tasks. */
export interface CalendarDay {
  /** `2026-11-22` */
  date: string;
  timeZone: string;
}

/** A point in time (`Date`, or ISO 8601 text with an offset or `Z`), or a calendar day. */
export type DateInput = Date | string | CalendarDay;

function invalid(field: string, wanted: string): InvalidRequestError {
  return new InvalidRequestError(`${field} is not ${wanted}.`, { service: 'ticktick', field });
}

/** `2026-11-22T09:00:00+0000`, the form that TickTick reads: no milliseconds, no colon in the offset. */
export function wireForm(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+0000`;
}

function instantOf(input: Date | string, field: string): number {
  if (input instanceof Date) {
    if (Number.isNaN(input.getTime())) throw invalid(field, 'a valid Date');
    return input.getTime();
  }
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(input);
  const instant = iso ? Date.parse(input.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw invalid(field, 'a date: give a Date, ISO 8601 text with Z or an offset, or { date, timeZone }');
  }
  return instant;
}

function beginningOf({ date, timeZone }: CalendarDay, field: string): number {
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) {
    throw invalid(`${field}.timeZone`, 'an IANA time zone');
  }
  const midnight = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight)) throw invalid(`${field}.date`, 'a calendar day like 2026-11-22');
  const beginning = startOfDay(midnight, timeZone);
  // February 30, or a day that a zone skipped when it changed sides of the date line.
  if (dayOf(beginning, timeZone) !== date)
    throw invalid(`${field}.date`, `a day that there was in ${timeZone}`);
  return beginning;
}

/** The instant that an input means, in epoch milliseconds. Throws {@link InvalidRequestError} naming the field. */
export function toInstant(input: DateInput, field: string): number {
  if (typeof input === 'object' && input !== null && 'date' in input) return beginningOf(input, field);
  if (!(input instanceof Date) && typeof input !== 'string') throw invalid(field, 'a date');
  return instantOf(input, field);
}

/** A date as TickTick reads it, with the zone that a calendar day brings. Throws {@link InvalidRequestError}. */
export function toWireDate(input: DateInput, field: string): { wire: string; timeZone?: string } {
  const wire = wireForm(toInstant(input, field));
  return typeof input === 'object' && 'date' in input ? { wire, timeZone: input.timeZone } : { wire };
}
