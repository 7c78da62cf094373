import { fromWallTime, toWallTime } from '../../../time/zoned-time.ts';

/** When an event begins or ends: on a day, or at an instant that is meant in a zone. */
export type Moment =
  | { readonly date: string }
  | {
      /** Milliseconds since the epoch. */
      readonly instant: number;
      /** IANA name. */
      readonly timeZone: string;
    };

/** As the API spells it. */
export type WireMoment = { date: string } | { dateTime: string; timeZone: string };

/** The instant at which a moment begins; a day begins at midnight of `zone`. */
export function instantOf(moment: Moment, zone: string): number {
  return 'date' in moment ? fromWallTime(Date.parse(moment.date), zone) : moment.instant;
}

/** `2026-11-24T09:00:00+01:00` in `zone`; the event's own zone stands beside it. */
export function momentToWire(moment: Moment, zone: string): WireMoment {
  if ('date' in moment) return { date: moment.date };
  return { dateTime: formatInstant(moment.instant, zone), timeZone: moment.timeZone };
}

/** RFC 3339 without milliseconds, with the zone's offset; UTC reads `Z`. */
export function formatInstant(instant: number, zone: string): string {
  const wall = toWallTime(instant, zone);
  const minutes = Math.round((wall - instant) / 60_000);
  const local = new Date(wall).toISOString().slice(0, 19);
  if (minutes === 0) return `${local}Z`;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local}${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`;
}

/** What follows the underscore in an instance's id: `20261124T080000Z`, or `20261124` of a day. */
export function basicTime(moment: Moment): string {
  if ('date' in moment) return moment.date.replaceAll('-', '');
  return `${new Date(moment.instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Zones that were asked for before: a seed names the same ones a thousand times. */
const KNOWN_ZONES = new Set<string>();

export function isTimeZone(name: string): boolean {
  if (KNOWN_ZONES.has(name)) return true;
  try {
    if (new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone === '') return false;
    KNOWN_ZONES.add(name);
    return true;
  } catch {
    return false;
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
