import { InvalidRequestError } from '../../errors/index.ts';
import type { Invalid } from '../service-errors.ts';
import { DAY_MS, isDay } from './rfc3339.ts';
import { instantOfClock, offsetAt } from './zone.ts';

/** The day, checked. Throws the error of `invalid`, naming the field. */
export function checkedDay(day: unknown, field: string, invalid: Invalid): string {
  if (isDay(day)) return day;
  throw invalid(field, 'is not a day of the calendar like 2026-11-23');
}

/** Some 2,700 years, which keeps all days within four digits or so of a year. */
const MAX_DAYS = 1_000_000;

const unreadable: Invalid = (field, problem) => new InvalidRequestError(`${field} ${problem}.`, { field });

/** The day that a zone's clocks show at an instant (epoch milliseconds): `2026-11-23`. */
export function dayOf(instant: number, timeZone: string): string {
  if (!Number.isFinite(instant)) throw unreadable('instant', 'must be epoch milliseconds');
  return dayIn(instant + offsetAt(instant, timeZone));
}

/**
 * When a day begins in a zone, in epoch milliseconds: at midnight, or where the clocks skip midnight, when they do. A
 * day that the zone skipped whole (it changed sides of the date line) begins with the next one.
 */
export function startOfDay(day: string, timeZone: string): number {
  return instantOfClock(Date.parse(`${checkedDay(day, 'day', unreadable)}T00:00:00Z`), timeZone);
}

/** The day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  const at = Date.parse(`${checkedDay(day, 'day', unreadable)}T00:00:00Z`);
  if (!Number.isSafeInteger(days) || Math.abs(days) > MAX_DAYS)
    throw unreadable('days', `must be a whole number up to ${MAX_DAYS}`);
  return dayIn(at + days * DAY_MS);
}

/** Years beyond 9999 have six digits and a sign, as in ISO 8601. */
function dayIn(utc: number): string {
  return new Date(utc).toISOString().split('T', 1)[0] ?? '';
}
