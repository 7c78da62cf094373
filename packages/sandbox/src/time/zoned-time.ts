import { DAY_MS } from './clock.ts';
/** A moment as a zone's wall clock and calendar show it, held as the UTC instant with the same digits. */
export type WallTime = number;

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** What the clock on a wall in `timeZone` shows at `instant`. */
export function toWallTime(instant: number, timeZone: string): WallTime {
  return instant + offsetAt(instant, timeZone);
}

/** The first instant at which that clock shows `wall`; a time that is skipped in spring comes out as much later. */
export function fromWallTime(wall: WallTime, timeZone: string): number {
  const before = wall - offsetAt(wall - DAY_MS, timeZone);
  const after = wall - offsetAt(wall + DAY_MS, timeZone);
  const isShown = (instant: number): boolean => toWallTime(instant, timeZone) === wall;
  return !isShown(before) && isShown(after) ? after : before;
}

/** The time of day of `date`, on the day that `now` is in the zone. */
export function sameTimeToday(date: number, now: number, timeZone: string): number {
  const timeOfDay = modulo(toWallTime(date, timeZone), DAY_MS);
  const today = toWallTime(now, timeZone);
  return fromWallTime(today - modulo(today, DAY_MS) + timeOfDay, timeZone);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Offsets of UTC days on which a zone's clocks don't change: a seed asks for the same days a thousand times. */
const OFFSETS = new Map<string, Map<number, number>>();

function offsetAt(instant: number, timeZone: string): number {
  const offsets = OFFSETS.get(timeZone) ?? new Map<number, number>();
  OFFSETS.set(timeZone, offsets);
  const day = instant - modulo(instant, DAY_MS);
  const known = offsets.get(day);
  if (known !== undefined) return known;
  const offset = shownAt(day, timeZone) - day;
  if (shownAt(day + DAY_MS, timeZone) - day - DAY_MS !== offset) return shownAt(instant, timeZone) - instant;
  offsets.set(day, offset);
  return offset;
}

function shownAt(instant: number, timeZone: string): WallTime {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
    modulo(instant, 1000),
  );
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  FORMATS.set(timeZone, format);
  return format;
}
