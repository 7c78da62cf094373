const DAY_MS = 86_400_000;

/** The calendar day in a time zone at an instant: `2026-11-27`. */
export function dayIn(at: Date, timeZone: string): string {
  // Swedish dates are written as year-month-day.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** The calendar day `days` after another. A negative number goes back. Default: the next day. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Milliseconds that a zone's clocks are ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
}

/** The instant at which a calendar day begins in a time zone: midnight, or later if the clocks skip midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const before = midnight - offsetAt(midnight - DAY_MS, timeZone);
  const after = midnight - offsetAt(midnight + DAY_MS, timeZone);
  // Midnight by the offset before a clock change that day, and by the one after it.
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return new Date(candidates.find((at) => at + offsetAt(at, timeZone) === midnight) ?? before);
}
