import { DAY_MS } from '../../../time/clock.ts';

/** A day, counted from 1970-01-01. */
export type Day = number;

/** What rules ask about a day. Months count from 1, weekdays from Monday 0. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

export function partsOf(day: Day): DateParts {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() };
}

/** The day of a date; months and dates beyond their range run over into the next. */
export function dayOf(year: number, month: number, date: number): Day {
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

/** Monday 0; 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
  return modulo(day + 3, 7);
}

/** The first day of week 1: the first week with at least four days in the year. */
export function firstWeekOf(year: number, weekStart: number): Day {
  const fourth = dayOf(year, 1, 4);
  return fourth - modulo(weekdayOf(fourth) - weekStart, 7);
}

export function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
