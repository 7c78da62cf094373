/** The calendar day that a zone's clocks show at an instant: `2026-11-27`. Swedish writes days that way. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** So many days after a calendar day, or before it. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the zone's clocks show, in epoch milliseconds as if it were UTC. */
function clockAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
}

/** When a calendar day begins in a zone: at midnight, or when the clocks are put forward then, right after. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - (clockAt(midnight, timeZone) - midnight);
  return new Date(guess - (clockAt(guess, timeZone) - midnight));
}
