import { NoFreeSlotError } from '@context-sdk/context';
import type { WorkingHours } from '@context-sdk/google-workspace';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-02-20T08:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Two days around a change of the clocks, and some without. */
const PLACES: readonly (readonly [timeZone: string, from: string])[] = [
  ['Europe/Berlin', '2027-03-27T12:00:00Z'],
  ['Europe/Berlin', '2027-10-30T12:00:00Z'],
  ['America/New_York', '2027-03-13T18:00:00Z'],
  ['America/St_Johns', '2027-11-06T12:00:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T00:00:00Z'],
  ['Africa/Cairo', '2027-04-29T12:00:00Z'],
  ['Asia/Kolkata', '2027-06-01T00:00:00Z'],
  ['UTC', '2027-06-01T00:00:00Z'],
];

interface Case {
  place: (typeof PLACES)[number];
  hours: WorkingHours;
  durationMinutes: number;
  /** In minutes from the beginning: here, and in another calendar. */
  busy: readonly { at: number; lasts: number; elsewhere: boolean }[];
}

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const range = fc
  .tuple(time, fc.integer({ min: 1, max: 40 }))
  .map(([from, quarters]): [string, string] => [clock(from), clock(Math.min(from + quarters * 15, 24 * 60))]);

const cases: fc.Arbitrary<Case> = fc.record({
  place: fc.constantFrom(...PLACES),
  hours: fc.record(Object.fromEntries(DAYS.map((day) => [day, fc.array(range, { maxLength: 2 })]))),
  durationMinutes: fc.integer({ min: 1, max: 16 }).map((quarters) => quarters * 15),
  busy: fc.array(
    fc.record({
      at: fc.integer({ min: -60, max: 2_880 }),
      lasts: fc.integer({ min: 5, max: 400 }),
      elsewhere: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
});

/** What the zone's clock shows at every minute: all that the oracle knows of zones. */
function clockReader(timeZone: string): (at: number) => { day: (typeof DAYS)[number]; minutes: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => {
    const [, weekday = '', hour, minute] = /^(\w+),? (\d+):(\d+)$/.exec(format.format(at)) ?? [];
    const day = DAYS.find((name) => weekday.toLowerCase().startsWith(name)) ?? 'sun';
    return { day, minutes: Number(hour) * 60 + Number(minute) };
  };
}

/** The earliest start by looking at every minute. */
function earliest({ place: [timeZone, from], hours, durationMinutes, busy }: Case): number | undefined {
  const begin = Date.parse(from);
  const read = clockReader(timeZone);
  const isFree = Array.from({ length: 2_880 }, (_, index) => {
    const { day, minutes } = read(begin + index * MINUTE);
    const works = (hours[day] ?? []).some(([start, end]) => {
      return minutes >= minutesOf(start) && minutes < minutesOf(end);
    });
    return works && !busy.some(({ at, lasts }) => index >= at && index < at + lasts);
  });
  for (let start = 0; start + durationMinutes <= isFree.length; start += 1) {
    const { minutes } = read(begin + start * MINUTE);
    if (minutes % 15 !== 0) continue;
    if (isFree.slice(start, start + durationMinutes).every(Boolean)) return begin + start * MINUTE;
  }
  return undefined;
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

test('the earliest fitting slot, never an overlap, and a second run changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const { place, hours: workingHours, durationMinutes, busy } = one;
      const [timeZone, from] = place;
      const { sandbox, connectedUser } = startContext({ sandbox: { seed: 'empty' } });
      const user = await connectedUser();
      const phone = sandbox.google.testUser().calendar;
      const { id: elsewhereId } = phone.addCalendar({ summary: 'Elsewhere' });
      const iso = (minutes: number): string => new Date(Date.parse(from) + minutes * MINUTE).toISOString();
      for (const { at, lasts, elsewhere } of busy) {
        const times = { start: { dateTime: iso(at) }, end: { dateTime: iso(at + lasts) } };
        phone.addEvent({ summary: 'Busy', ...times }, elsewhere ? elsewhereId : 'primary');
      }
      const task = { id: '6247ee29630c800f064fd145', projectId: 'p', title: 'Task' };
      const within = { from, to: iso(2_880) };
      const options = {
        within,
        timeZone,
        workingHours,
        durationMinutes,
        otherCalendarIds: [elsewhereId],
        splittable: false,
      };
      const expected = earliest(one);
      const blocked = await user.blockTime(task, options).catch((error: unknown) => error);
      if (expected === undefined) {
        expect(blocked).toBeInstanceOf(NoFreeSlotError);
        return;
      }
      expect(blocked).toMatchObject({ outcome: 'created' });
      const { slot } = blocked as Awaited<ReturnType<typeof user.blockTime>>;
      expect(new Date(slot.start).toISOString()).toBe(new Date(expected).toISOString());
      expect(Date.parse(slot.end) - Date.parse(slot.start)).toBe(durationMinutes * MINUTE);
      const before = phone.events();
      expect((await user.blockTime(task, options)).outcome).toBe('unchanged');
      expect(phone.events()).toEqual(before);
    }),
    { numRuns: propertyRuns(30) },
  );
});
