/** A day without a change of the clocks, in milliseconds. */
export const DAY_MS = 86_400_000;
/** A minute in milliseconds. */
export const MINUTE_MS = 60_000;

/** A date and time as text, read. */
export interface WrittenTime {
  /** The same text, always with seconds, as RFC 3339 requires. */
  text: string;
  /** What the clock shows, in epoch milliseconds as if it were UTC. */
  clock: number;
  /** Milliseconds ahead of UTC; absent where the text has no offset. */
  offset: number | undefined;
}

const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|([+-])([01]\d|2[0-3]):([0-5]\d))?$/;

/** Whether the text is a real day of the calendar, such as `2026-11-23`: there is no 30 February. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

/** Reads `2026-11-23T09:00:00+01:00`, `…Z`, or a time without an offset (RFC 3339 §5.6); undefined for anything else. */
export function readTime(time: string): WrittenTime | undefined {
  const [match, day, minutes, seconds = ':00', zone = '', sign, hours, rest] = TIME.exec(time) ?? [];
  if (match === undefined || !isDay(day)) return undefined;
  const clock = Date.parse(`${day}T${minutes}${seconds}Z`);
  // JavaScript reads 24:00 as midnight of the next day; RFC 3339 has no such hour.
  if (Number.isNaN(clock) || !new Date(clock).toISOString().startsWith(day)) return undefined;
  const ahead = (Number(hours ?? 0) * 60 + Number(rest ?? 0)) * MINUTE_MS;
  return {
    text: `${day}T${minutes}${seconds}${zone}`,
    clock,
    offset: zone === '' ? undefined : sign === '-' ? -ahead : ahead,
  };
}
