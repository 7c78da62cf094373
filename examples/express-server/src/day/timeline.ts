import type { AgendaItem } from '@context-sdk/context';
import { type AgendaEntry, agendaEntry } from './agenda-entry.ts';

const QUARTER_MS = 15 * 60_000;
const QUARTERS_OF_DAY = 96;

/** The hours that are shown, what is in them, and the style that puts it in its place. */
export interface Timeline {
  hours: number[];
  entries: AgendaEntry[];
  /** What lasts the whole day, above the hours. */
  allDay: AgendaEntry[];
  /** The time now, if it is on this page. */
  now: string | undefined;
  style: string;
}

/** Where an item is, in quarters of an hour since midnight; short ones are shown for half an hour. */
function quartersOf(
  { start, end = start, allDay }: AgendaItem,
  midnight: Date,
): { from: number; to: number } | undefined {
  if (allDay || start === undefined || end === undefined) return undefined;
  const from = Math.max(0, Math.floor((start.getTime() - midnight.getTime()) / QUARTER_MS));
  const to = Math.ceil((end.getTime() - midnight.getTime()) / QUARTER_MS);
  return { from, to: Math.min(QUARTERS_OF_DAY, Math.max(from + 2, to)) };
}

/** Puts what overlaps side by side: each item into the first lane that is free. */
export function timelineOf(
  items: readonly AgendaItem[],
  midnight: Date,
  timeZone: string,
  now: number = Date.now(),
): Timeline {
  const busyUntil: number[] = [];
  const placed = items.flatMap((item, index) => {
    const quarters = quartersOf(item, midnight);
    if (quarters === undefined) return [];
    const free = busyUntil.findIndex((until) => until <= quarters.from);
    const lane = free === -1 ? busyUntil.length : free;
    busyUntil[lane] = quarters.to;
    return [{ ...quarters, lane, entry: agendaEntry(item, index, timeZone) }];
  });
  const nowQuarter = Math.floor((now - midnight.getTime()) / QUARTER_MS);
  const isNowShown = nowQuarter >= 0 && nowQuarter < QUARTERS_OF_DAY;
  const shown = [...placed, ...(isNowShown ? [{ from: nowQuarter, to: nowQuarter + 1 }] : [])];
  const first = Math.min(8, ...shown.map(({ from }) => Math.floor(from / 4)));
  const last = Math.max(18, ...shown.map(({ to }) => Math.ceil(to / 4)));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const row = (quarter: number): number => quarter - first * 4 + 1;
  const rules = [
    `.timeline{--quarters:${hours.length * 4};--lanes:${Math.max(1, busyUntil.length)}}`,
    ...hours.map((hour) => `#hour-${hour}{grid-row:${row(hour * 4)}/span 4}`),
    ...(isNowShown ? [`#now{grid-row:${row(nowQuarter)}}`] : []),
    ...placed.map(({ from, to, lane, entry: { index } }) => {
      const isBeside = placed.some((other) => other.lane > lane && other.from < to && other.to > from);
      return `#at-${index}{grid-area:${row(from)}/${lane + 2}/${row(to)}/${isBeside ? lane + 3 : -1}}`;
    }),
  ];
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return {
    hours,
    entries: placed.map(({ entry }) => entry),
    allDay: items.flatMap((item, index) => (item.allDay ? [agendaEntry(item, index, timeZone)] : [])),
    now: isNowShown ? clock.format(now) : undefined,
    style: rules.join(''),
  };
}
