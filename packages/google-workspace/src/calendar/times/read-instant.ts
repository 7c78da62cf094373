import { instantOfClock, isTimeZone, readTime } from '@context-sdk/oauth-core/client-kit';

/** Google has no later years. */
export const LAST_DAY = '9999-12-31';
/** `10000-01-01`, `+010000-01-01`. */
const IS_LATER = /^\+?\d{5,}-/;

/** Whether a text is a day or a time after the year 9999. */
export function isAfterLastDay(text: string): boolean {
  return IS_LATER.test(text);
}

/**
 * A time that a service returned, in epoch milliseconds; `undefined` if it can't be read. A time without an offset is what
 * the clocks of the first zone show that this runtime knows.
 */
export function readInstant(text: unknown, ...timeZones: readonly unknown[]): number | undefined {
  if (typeof text !== 'string') return undefined;
  if (isAfterLastDay(text)) return Date.parse(`${LAST_DAY}T00:00:00Z`);
  const time = readTime(text);
  if (time === undefined) return undefined;
  if (time.offset !== undefined) return time.clock - time.offset;
  return instantOfClock(time.clock, timeZones.find(isTimeZone) ?? 'UTC');
}
