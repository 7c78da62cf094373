import { invalid } from '../invalid.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  return format;
}

/** An IANA time zone that this runtime knows. Offsets such as `+01:00` are none: Google takes names only. */
export function checkedTimeZone(timeZone: unknown, field = 'timeZone'): string {
  if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) {
    throw invalid(field, 'is not an IANA time zone such as Europe/Zurich');
  }
  try {
    formatIn(timeZone);
  } catch {
    throw invalid(field, 'is not an IANA time zone that this runtime knows');
  }
  return timeZone;
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  // `1/1/1900, GMT-03:30:52`, or `GMT` alone for none.
  const [, sign, hours, minutes, seconds = 0] =
    /([+-])(\d+):(\d+)(?::(\d+))?$/.exec(formatIn(timeZone).format(instant)) ?? [];
  if (sign === undefined) return 0;
  const ahead = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}
