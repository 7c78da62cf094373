import { addDays, dayOf, instantOfClock, startOfDay } from '@context-sdk/oauth-core/client-kit';

/** The days that a tool asks for: some days from a first one, which is today by default. */
export function dayRange(
  timeZone: string,
  from: string | null,
  days: number | null,
  defaultDays = 7,
): { from: Date; to: Date } {
  const first = from ?? dayOf(Date.now(), timeZone);
  return {
    from: new Date(startOfDay(first, timeZone)),
    to: new Date(startOfDay(addDays(first, days ?? defaultDays), timeZone)),
  };
}

/** When the zone's clocks show a time of a day. */
export function timeOn(day: string, time: string, timeZone: string): Date {
  return new Date(instantOfClock(Date.parse(`${day}T${time}:00Z`), timeZone));
}
