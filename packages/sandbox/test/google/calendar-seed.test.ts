import { describe, expect, test } from 'vitest';
import { stillSandbox } from '../support.ts';
import { calendarApi, itemsOf, query } from './calendar-support.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A plain week, and the weeks in which the year and Berlin's summer time change: their Sundays. */
const SUNDAYS = ['2026-11-29', '2026-12-27', '2027-03-28', '2027-10-31'];
/** Around midnight in UTC and in Berlin, and at noon. */
const HOURS = [0, 0.1, 12, 21.9, 22.1, 22.9, 23.1, 23.9];

/** How many events the demo's first account has in the daytime of each date. */
async function eventsPerDay(now: number, dates: readonly string[]): Promise<number[]> {
  const api = calendarApi(
    stillSandbox({ seed: 'demo', azureDevOps: { seed: 'empty' }, clock: { now: () => now } }),
  );
  const lists = dates.map((date) => {
    const daytime = { timeMin: `${date}T04:00:00Z`, timeMax: `${date}T20:00:00Z`, singleEvents: 'true' };
    return api(`GET /calendars/primary/events${query(daytime)}`);
  });
  return (await Promise.all(lists)).map((list) => itemsOf(list).length);
}

describe('the demo calendar', () => {
  test.each(SUNDAYS)(
    'has an event today, on every day and at every hour of the week of %s',
    async (sunday) => {
      for (const hour of Array.from({ length: 7 }, (_, day) => HOURS.map((one) => day * 24 + one)).flat()) {
        const now = Date.parse(sunday) + hour * HOUR_MS;
        const today = new Date(now).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' });
        expect(await eventsPerDay(now, [today]), new Date(now).toISOString()).not.toContain(0);
      }
    },
  );

  test('has an event on each day of this week and the next', async () => {
    const monday = Date.parse('2026-11-23');
    const dates = Array.from({ length: 14 }, (_, day) =>
      new Date(monday + day * DAY_MS).toISOString().slice(0, 10),
    );
    expect(await eventsPerDay(monday + 12 * HOUR_MS, dates)).not.toContain(0);
  });
});
