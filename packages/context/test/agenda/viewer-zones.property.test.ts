import type { AgendaItem } from '@context-sdk/context';
import type { JsonObject } from '@context-sdk/sandbox';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const EMPTY = { seed: 'empty', ticktick: {}, azureDevOps: { seed: 'empty' } } as const;
const QUARTER = 900_000;
const DAY = 86_400_000;

/** Whole and odd offsets, clock changes of an hour and of half an hour, and both ends of the world. */
const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
);
/** Days around which clocks change: in America, Europe (twice), on Lord Howe, and nowhere. */
const beginnings = fc.constantFrom('2027-03-12', '2027-03-26', '2027-10-29', '2027-04-02', '2027-06-01');

/** By the days from the beginning, and hours by the calendar's clocks. `every`: days between occurrences. */
const days = fc.record({
  day: fc.integer({ min: 0, max: 5 }),
  lasts: fc.integer({ min: 1, max: 3 }),
  every: fc.integer({ min: 0, max: 3 }),
});
const times = fc.record({
  day: fc.integer({ min: 0, max: 5 }),
  hour: fc.integer({ min: 6, max: 21 }),
  minutes: fc.integer({ min: 0, max: 2_400 }),
});
/** Short ones by day: what lasts through a change of clocks could end at two times. */
const recurringTimes = fc.record({
  day: fc.integer({ min: 0, max: 3 }),
  hour: fc.integer({ min: 6, max: 21 }),
  minutes: fc.integer({ min: 0, max: 60 }),
  every: fc.integer({ min: 1, max: 3 }),
});
const OCCURRENCES = 3;

interface Shown {
  title: string;
  day: string;
}

interface Viewed {
  from: number;
  to: number;
  viewer: string;
}

function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** The instant at which the zone's clocks show that time: found by looking. */
function instantAt(day: string, hour: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const wanted = `${day} ${String(hour).padStart(2, '0')}:00`;
  const middle = Date.parse(day) + hour * 3_600_000;
  for (let at = middle - 15 * 3_600_000; at <= middle + 15 * 3_600_000; at += QUARTER) {
    if (clock.format(at) === wanted) return at;
  }
  throw new Error(`The clocks of ${timeZone} never show ${wanted}.`);
}

/** The days that the viewer's clocks show in the window. */
function daysOf({ from, to, viewer }: Viewed): ReadonlySet<string> {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: viewer });
  const found = new Set<string>();
  for (let at = from; at < to; at += QUARTER) found.add(clock.format(at));
  return found;
}

function shownDays(title: string, firsts: readonly string[], lasts: number, viewed: Viewed): Shown[] {
  const inside = daysOf(viewed);
  return firsts
    .filter((first) =>
      Array.from({ length: lasts }, (_, n) => dayAfter(first, n)).some((day) => inside.has(day)),
    )
    .map((day) => ({ title, day }));
}

function shownTimes(title: string, starts: readonly number[], minutes: number, viewed: Viewed): Shown[] {
  const { from, to, viewer } = viewed;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: viewer });
  return starts
    .filter((start) => start < to && (start + minutes * 60_000 > from || start >= from))
    .map((start) => ({ title, day: clock.format(start) }));
}

function firstsOf(first: string, every: number): string[] {
  const count = every === 0 ? 1 : OCCURRENCES;
  return Array.from({ length: count }, (_, n) => dayAfter(first, n * every));
}

function byTitleAndDay(one: Shown, other: Shown): number {
  return one.title.localeCompare(other.title) || one.day.localeCompare(other.day);
}

test('19.3: the agenda is what brute force says, whatever the zones of calendars and viewers', async () => {
  const window = fc.record({
    fromQuarter: fc.integer({ min: 0, max: 480 }),
    quarters: fc.integer({ min: 1, max: 300 }),
  });
  const plan = fc.record({
    viewer: zones,
    calendars: fc.array(zones, { minLength: 1, maxLength: 3 }),
    beginning: beginnings,
    events: fc.array(fc.oneof(days, times, recurringTimes), { minLength: 1, maxLength: 8 }),
    window,
  });
  await fc.assert(
    fc.asyncProperty(
      plan,
      async ({ viewer, calendars, beginning, events, window: { fromQuarter, quarters } }) => {
        const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
        const user = await connectedUser();
        const google = sandbox.google.testUser().calendar;
        const made = calendars.map((timeZone) => ({
          timeZone,
          id: google.addCalendar({ summary: timeZone, timeZone }).id,
        }));
        const from = Date.parse(beginning) + fromQuarter * QUARTER;
        const viewed = { from, to: from + quarters * QUARTER, viewer };
        const expected = events.flatMap((event, index) => {
          const { id, timeZone } = made[index % made.length] ?? { id: '', timeZone: '' };
          const summary = String(index);
          const first = dayAfter(beginning, event.day);
          const every = 'every' in event ? event.every : 0;
          const recurrence = every === 0 ? [] : [`RRULE:FREQ=DAILY;INTERVAL=${every};COUNT=${OCCURRENCES}`];
          const add = (members: JsonObject): unknown =>
            google.addEvent({ summary, recurrence, ...members }, id);
          if (!('hour' in event)) {
            add({ start: { date: first }, end: { date: dayAfter(first, event.lasts) } });
            return shownDays(summary, firstsOf(first, every), event.lasts, viewed);
          }
          const { hour, minutes } = event;
          const starts = firstsOf(first, every).map((day) => instantAt(day, hour, timeZone));
          const at = (instant: number): JsonObject => ({
            dateTime: new Date(instant).toISOString(),
            timeZone,
          });
          add({ start: at(starts[0] ?? 0), end: at((starts[0] ?? 0) + minutes * 60_000) });
          return shownTimes(summary, starts, minutes, viewed);
        });
        const agenda = await user.agenda({
          from: new Date(viewed.from),
          to: new Date(viewed.to),
          timeZone: viewer,
          calendarIds: made.map(({ id }) => id),
        });
        const shown = agenda.items.map(({ title, day }: AgendaItem) => ({ title, day }));
        expect(agenda.calendarErrors).toEqual({});
        expect(shown.toSorted(byTitleAndDay)).toEqual(expected.toSorted(byTitleAndDay));
      },
    ),
    { numRuns: 60 },
  );
});
