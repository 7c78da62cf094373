const DAY_MS = 24 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  return format;
}

/** Whether this runtime knows the IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatIn(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  // `1/1/1900, GMT-03:30:52`, or `GMT` alone for none.
  const [, sign, hours, minutes, seconds = 0] =
    /([+-])(\d+):(\d+)(?::(\d+))?$/.exec(formatIn(timeZone).format(instant)) ?? [];
  if (sign === undefined) return 0;
  const ahead = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}

/**
 * When a calendar day begins in a zone, in epoch milliseconds: at midnight, or where the clocks leap over
 * midnight, at the leap. `midnight` is the day's midnight as if the zone were UTC.
 */
export function startOfDay(midnight: number, timeZone: string): number {
  const before = midnight - offsetAt(midnight - DAY_MS, timeZone);
  const after = midnight - offsetAt(midnight + DAY_MS, timeZone);
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return candidates.find((instant) => instant + offsetAt(instant, timeZone) === midnight) ?? before;
}

/** The calendar day of an instant in a zone, like `2026-11-22`. */
export function dayOf(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10);
}
