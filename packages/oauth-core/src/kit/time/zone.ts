import { InvalidRequestError } from '../../errors/index.ts';
import type { Invalid } from '../service-errors.ts';
import { DAY_MS, MINUTE_MS } from './rfc3339.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    // One name has thousands of spellings, and others choose it.
    if (formats.size > 999) formats.clear();
    formats.set(timeZone, format);
    return format;
  } catch {
    throw new InvalidRequestError('timeZone is not an IANA time zone.', { field: 'timeZone' });
  }
}

/** Whether this runtime knows the IANA time zone. Offsets such as `+01:00` are not zones: services take names only. */
export function isTimeZone(timeZone: unknown): timeZone is string {
  if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) return false;
  try {
    formatIn(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** The zone, checked. Throws the error of `invalid`, naming the field. */
export function checkedTimeZone(timeZone: unknown, field: string, invalid: Invalid): string {
  if (isTimeZone(timeZone)) return timeZone;
  throw invalid(field, 'is not an IANA time zone that this runtime knows, such as Europe/Zurich');
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  // `1/1/1900, GMT-03:30:52`, or `GMT` alone where there is no offset.
  const [, sign, hours, minutes, seconds = 0] =
    /([+-])(\d+):(\d+)(?::(\d+))?$/.exec(formatIn(timeZone).format(instant)) ?? [];
  if (sign === undefined) return 0;
  const ahead = Number(hours) * 3_600_000 + Number(minutes) * MINUTE_MS + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}

/**
 * When the clocks of a zone show a time, in epoch milliseconds; `clock` is that time as if it were UTC. For a time that
 * occurs twice it is the first; a time that the clocks skip is read as if they had not been changed yet.
 */
export function instantOfClock(clock: number, timeZone: string): number {
  const before = clock - offsetAt(clock - DAY_MS, timeZone);
  const after = clock - offsetAt(clock + DAY_MS, timeZone);
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return candidates.find((instant) => instant + offsetAt(instant, timeZone) === clock) ?? before;
}

/**
 * An instant as the zone's clocks show it, with their offset and in whole seconds: `2026-11-23T09:00:00+01:00`; UTC is
 * `+00:00`, never `Z`. RFC 3339 has no place for the seconds that offsets had in old times: the text goes by the minute
 * then, and names the same instant.
 */
export function zonedText(instant: number, timeZone: string): string {
  const minutes = Math.trunc(offsetAt(instant, timeZone) / MINUTE_MS);
  const clock = new Date(instant + minutes * MINUTE_MS).toISOString().slice(0, 19);
  const ahead = Math.abs(minutes);
  const hour = String(Math.floor(ahead / 60)).padStart(2, '0');
  const minute = String(ahead % 60).padStart(2, '0');
  return `${clock}${minutes < 0 ? '-' : '+'}${hour}:${minute}`;
}
