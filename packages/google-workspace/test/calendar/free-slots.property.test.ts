import { freeSlots } from '@context-sdk/google-workspace';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const MINUTE = 60_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Moments around which clocks change: forward and back, by an hour and by half, in the night and at midnight. */
const PLACES: readonly (readonly [zone: string, around: string])[] = [
  ['Europe/Zurich', '2026-03-29T01:00:00Z'],
  ['Europe/Zurich', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['America/Santiago', '2026-09-06T04:00:00Z'],
  ['America/Santiago', '2026-04-05T03:00:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00:00Z'],
  ['Asia/Kathmandu', '2026-11-23T00:00:00Z'],
];

/** What the clocks of a zone show, by another way than the code's: the parts of the date. */
function clockOf(at: number, format: Intl.DateTimeFormat): { day: string; minutes: number } {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const minutes = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return { day: String(parts.get('weekday')).toLowerCase(), minutes };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return Number(hours) * 60 + Number(minutes);
}

const timeOfDay = fc
  .integer({ min: 0, max: 1440 / 5 })
  .map(
    (fives) =>
      `${String(Math.floor(fives / 12)).padStart(2, '0')}:${String((fives % 12) * 5).padStart(2, '0')}`,
  );

const ranges = fc.array(
  fc.tuple(timeOfDay, timeOfDay).filter(([from, to]) => from < to),
  { maxLength: 3 },
);

const workingHours = fc.option(
  fc.record(Object.fromEntries(DAYS.map((day) => [day, ranges])), {
    requiredKeys: [],
  }),
  { nil: undefined },
);

const question = fc.record({
  place: fc.constantFrom(...PLACES),
  before: fc.integer({ min: 0, max: 900 }),
  length: fc.integer({ min: 1, max: 1800 }),
  busy: fc.array(
    fc.record({ from: fc.integer({ min: -120, max: 1800 }), minutes: fc.integer({ min: 0, max: 300 }) }),
    {
      maxLength: 5,
    },
  ),
  durationMinutes: fc.integer({ min: 1, max: 200 }),
  bufferMinutes: fc.constantFrom(0, 5, 17),
  granularityMinutes: fc.constantFrom(1, 7, 15, 30, 60, 1000),
  workingHours,
});

test('freeSlots says what looking at every minute says', () => {
  fc.assert(
    fc.property(question, ({ place: [timeZone, around], before, length, busy: some, ...wanted }) => {
      const from = Date.parse(around) - before * MINUTE;
      const to = from + length * MINUTE;
      const busy = some.map((one) => {
        const start = from + one.from * MINUTE;
        return { start, end: start + one.minutes * MINUTE };
      });
      const format = new Intl.DateTimeFormat('en-US', {
        timeZone,
        weekday: 'short',
        hour: 'numeric',
        minute: 'numeric',
        hourCycle: 'h23',
      });
      const hours = new Map(Object.entries(wanted.workingHours ?? {}));
      const minutes = Array.from({ length }, (_, index) => {
        const at = from + index * MINUTE;
        const clock = clockOf(at, format);
        const works =
          wanted.workingHours === undefined ||
          (hours.get(clock.day) ?? []).some(
            ([start, end]) => clock.minutes >= minutesOf(start) && clock.minutes < minutesOf(end),
          );
        const buffer = wanted.bufferMinutes * MINUTE;
        const isBusy = busy.some(
          ({ start, end }) => end > start && at >= start - buffer && at < end + buffer,
        );
        return { at, isFree: works && !isBusy, isAligned: clock.minutes % wanted.granularityMinutes === 0 };
      });
      const { durationMinutes } = wanted;
      const expected = minutes
        .filter(({ isAligned }, index) => {
          const slot = minutes.slice(index, index + durationMinutes);
          return isAligned && slot.length === durationMinutes && slot.every(({ isFree }) => isFree);
        })
        .map(({ at }) => at);

      const { slots, longestGap } = freeSlots({
        ...wanted,
        timeZone,
        from: new Date(from),
        to: new Date(to),
        busy: busy.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
      });
      expect(slots.map(({ start }) => Date.parse(start))).toEqual(expected);
      for (const { start, end } of slots) {
        expect(Date.parse(end) - Date.parse(start)).toBe(durationMinutes * MINUTE);
        expect(minutesOf(start.slice(11, 16))).toBe(clockOf(Date.parse(start), format).minutes);
      }
      let [longest, run] = [0, 0];
      for (const { isFree } of minutes) {
        run = isFree ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      const gap = longestGap ? Date.parse(longestGap.end) - Date.parse(longestGap.start) : 0;
      expect(gap).toBe(longest * MINUTE);
    }),
    { numRuns: propertyRuns(50) },
  );
});
