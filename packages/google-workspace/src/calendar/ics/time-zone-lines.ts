import { offsetAt } from '@context-sdk/oauth-core/client-kit';
import { zoneSegments } from '../free-busy/zone-segments.ts';
import { basicUtc } from './content-line.ts';

/** How many years of a zone are told at least. Most programs know the zone by its name, and ignore this. */
const YEARS = 10;
/** The years around now for which a series that began long ago is shown right. */
const YEARS_BACK = 30;
const YEARS_AHEAD = 5;

/** Zones and years that are remembered: to look for the changes of ten years takes longer than the rest of an event. */
const MAX_REMEMBERED = 64;
const REMEMBERED = new Map<string, string[]>();

/**
 * A VTIMEZONE (RFC 5545 §3.6.5): the changes of a zone's clocks from the year before `from` on, each as an observance of its own,
 * since governments change the rules.
 */
export function timeZoneLines(timeZone: string, from: number, now: number): string[] {
  const thisYear = new Date(now).getUTCFullYear();
  const year = Math.max(new Date(from).getUTCFullYear() - 1, thisYear - YEARS_BACK);
  const end = Math.max(year + YEARS, thisYear + YEARS_AHEAD);
  const key = `${year} ${end} ${timeZone}`;
  const lines = REMEMBERED.get(key) ?? linesBetween(timeZone, Date.UTC(year, 0), Date.UTC(end, 0));
  if (REMEMBERED.size >= MAX_REMEMBERED) REMEMBERED.clear();
  REMEMBERED.set(key, lines);
  return lines;
}

function linesBetween(timeZone: string, start: number, end: number): string[] {
  const segments = zoneSegments({ start, end }, timeZone);
  const usual = Math.min(...segments.map(({ offset }) => offset));
  const observances = segments.flatMap((segment) => {
    const before = offsetAt(segment.start - 1, timeZone);
    const name = segment.offset > usual ? 'DAYLIGHT' : 'STANDARD';
    return [
      `BEGIN:${name}`,
      // By the clocks as they were before.
      `DTSTART:${basicUtc(segment.start + before).slice(0, -1)}`,
      `TZOFFSETFROM:${offsetText(before)}`,
      `TZOFFSETTO:${offsetText(segment.offset)}`,
      `END:${name}`,
    ];
  });
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances, 'END:VTIMEZONE'];
}

/** `+0130`. */
function offsetText(offsetMs: number): string {
  const minutes = Math.abs(Math.trunc(offsetMs / 60_000));
  const text = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join('');
  return `${offsetMs < 0 ? '-' : '+'}${text}`;
}
