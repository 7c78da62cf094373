import type { GoogleCalendarClient, NewEventInput } from '@context-sdk/google-workspace';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { EMPTY, QUIET } from './times.ts';

const server = useSandbox();

const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=MO,TH',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SA;WKST=SU',
  'FREQ=MONTHLY;BYDAY=4TH',
  'FREQ=MONTHLY;BYMONTHDAY=22,-1',
];

/** What becomes of an instance: it is deleted, renamed or moved. */
const FATES = ['none', 'none', 'none', 'deleted', 'renamed', 'moved'] as const;

const situation = fc.record({
  isAllDay: fc.boolean(),
  zone: fc.constantFrom('Asia/Tokyo', 'America/Los_Angeles', 'Europe/Zurich', 'Pacific/Auckland'),
  clock: fc.constantFrom('00:15:00', '08:00:00', '18:30:00', '23:45:00'),
  rule: fc.constantFrom(...RULES),
  end: fc.constantFrom('', ';COUNT=9', ';UNTIL'),
  without: fc.array(fc.integer({ min: 1, max: 28 }), { maxLength: 4 }),
  fates: fc.array(fc.constantFrom(...FATES), { minLength: 8, maxLength: 8 }),
  cut: fc.integer({ min: 0, max: 7 }),
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

/** A series that begins on a Thursday before the clocks change. */
function seriesOf({ isAllDay, zone, clock, rule, end, without }: Situation): NewEventInput {
  const until = isAllDay ? ';UNTIL=20261231' : ';UNTIL=20261231T235959Z';
  const time = { dateTime: `2026-10-22T${clock}`, timeZone: zone };
  const date = (day: number): string => `202611${String(day).padStart(2, '0')}`;
  const dates = without.map((day) => (isAllDay ? date(day) : `${date(day)}T${clock.replaceAll(':', '')}`));
  const excluded = `EXDATE${isAllDay ? ';VALUE=DATE' : `;TZID=${zone}`}:${dates.join(',')}`;
  return {
    summary: 'Call',
    start: isAllDay ? { date: '2026-10-22' } : time,
    end: isAllDay ? { date: '2026-10-23' } : time,
    recurrence: [`RRULE:${rule}${end === ';UNTIL' ? until : end}`, ...(dates.length > 0 ? [excluded] : [])],
  };
}

async function shown(calendar: GoogleCalendarClient): Promise<string[]> {
  const query = { singleEvents: true, timeMax: '2027-02-01T00:00:00Z', timeZone: 'UTC' } as const;
  const events = await calendar.events.list(query).toArray();
  return events.map(({ start, summary }) => `${start?.date ?? start?.dateTime} ${summary}`).toSorted();
}

test('19.following: by a split nothing is lost, doubled or back', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (one) => {
      const { calendar } = await server.start(EMPTY);
      const { id } = await calendar.events.create(seriesOf(one), QUIET);
      const all = await calendar.events.instances(id, { timeMax: '2027-02-01T00:00:00Z' }).toArray();
      for (const [index, fate] of one.fates.entries()) {
        const { id: instance, start } = all[index] ?? {};
        if (instance === undefined) continue;
        const later = { dateTime: new Date(Date.parse(String(start?.dateTime)) + 40 * 3_600_000) };
        if (fate === 'deleted') await calendar.events.delete(instance, QUIET);
        if (fate === 'renamed') await calendar.events.patch(instance, { summary: 'Special' }, QUIET);
        if (fate === 'moved' && !one.isAllDay)
          await calendar.events.patch(instance, { start: later, end: later }, QUIET);
      }
      const before = await shown(calendar);
      const left = all.filter((_, index) => one.fates[index] !== 'deleted');
      const cut = left[Math.min(one.cut, left.length - 1)]?.id;
      if (cut === undefined) return;
      await calendar.events.patchFollowing(cut, { location: 'Bern' }, QUIET);
      expect(await shown(calendar)).toEqual(before);
    }),
    { numRuns: propertyRuns(15) },
  );
});
