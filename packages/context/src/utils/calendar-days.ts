import { addDays } from '@context-sdk/oauth-core/client-kit';

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

/**
 * The day, or the nearest one with a year of four digits. Some write the last moment of 9999 for "someday", which is in another year
 * east of UTC, as the first of year 0 is west of it.
 */
export function inCalendar(day: string): string {
  if (day.startsWith('-')) return FIRST_DAY;
  return day.startsWith('+') ? LAST_DAY : day;
}

/** The next day, or the last one. */
export function dayAfter(day: string): string {
  return inCalendar(addDays(inCalendar(day), 1));
}
