const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
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

/** The wall clock of a zone at an instant, as if it were UTC, in epoch milliseconds. */
function wallClock(instant: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatIn(timeZone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * When a calendar day begins in a zone, in epoch milliseconds: at midnight, or where the clocks leap over
 * midnight, at the leap. `midnight` is the day's midnight as if the zone were UTC.
 */
export function startOfDay(midnight: number, timeZone: string): number {
  const dayMs = 24 * 3_600_000;
  const offsetBefore = wallClock(midnight - dayMs, timeZone) - (midnight - dayMs);
  const offsetAfter = wallClock(midnight + dayMs, timeZone) - (midnight + dayMs);
  const candidates = [midnight - offsetBefore, midnight - offsetAfter].toSorted((a, b) => a - b);
  const exact = candidates.find((instant) => wallClock(instant, timeZone) === midnight);
  return exact ?? midnight - offsetBefore;
}

/** The calendar day of an instant in a zone, like `2026-11-22`. */
export function dayOf(instant: number, timeZone: string): string {
  return new Date(wallClock(instant, timeZone)).toISOString().slice(0, 10);
}
