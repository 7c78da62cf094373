const DAY_MS = 86_400_000;

/** The calendar day that a zone's clocks show at an instant: `2026-11-27`. Swedish writes days that way. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** So many days after a calendar day, or before it. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
}

/** When a calendar day begins in a zone: at midnight, or where the clocks leap over midnight, at the leap. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const before = midnight - offsetAt(midnight - DAY_MS, timeZone);
  const after = midnight - offsetAt(midnight + DAY_MS, timeZone);
  // Each is a time at which the clocks show midnight, or would if they had not been changed.
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return new Date(candidates.find((at) => at + offsetAt(at, timeZone) === midnight) ?? before);
}
