import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { taskDueDate, taskDueDay, taskStartDay, TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const ZONES = Intl.supportedValuesOf('timeZone');
const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
const client = new TickTickClient({
  auth: sandbox.ticktick.issueApiToken(),
  fetch: sandbox.fetch,
  limits: [],
});

/** What the client sends for a calendar day, without a server in between. */
async function sent(
  date: string,
  timeZone: string,
): Promise<{ dueDate: string; timeZone: string; isAllDay: boolean }> {
  let body = '';
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    body = new TextDecoder().decode(init?.body as Uint8Array);
    return new Response(JSON.stringify({ ...JSON.parse(body), id: 'a', projectId: 'b' }));
  };
  const mirror = new TickTickClient({ auth: 'token', fetch, limits: [] });
  return (await mirror.tasks.create({ title: 'x', dueDate: { date, timeZone } })) as never;
}

/** Days on which the zone's clocks change between the given years, and the days around them, with the offsets before and after. */
function clockChanges(timeZone: string, from: number, to: number): { days: string[]; offsets: string[] } {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offset = (at: number): string =>
    format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const days: string[] = [];
  const offsets: string[] = [];
  const dayMs = 86_400_000;
  const weekMs = 7 * dayMs;
  for (let week = Date.UTC(from, 0, 1, 12); week < Date.UTC(to, 0, 1); week += weekMs) {
    // No zone changes its clocks and changes them back within a week.
    if (offset(week) === offset(week + weekMs)) continue;
    for (let at = week; at < week + weekMs; at += dayMs) {
      if (offset(at) === offset(at + dayMs)) continue;
      offsets.push(offset(at), offset(at + dayMs));
      for (const day of [-1, 0, 1, 2]) days.push(new Date(at + day * dayMs).toISOString().slice(0, 10));
    }
  }
  return { days, offsets };
}

test('a calendar day comes back as the same day, in every zone that Node knows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.date({ min: new Date('1980-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      async (timeZone, at) => {
        const date = at.toISOString().slice(0, 10);
        const task = await sent(date, timeZone).catch((error: unknown) => error);
        // The few days that a zone skipped are refused by name.
        if (task instanceof Error) expect(task).toMatchObject({ field: 'dueDate.date' });
        else expect(taskDueDay(task as never)).toBe(date);
      },
    ),
    { numRuns: propertyRuns(250) },
  );
});

test('also on the days of clock changes, in one zone of each kind', async () => {
  const seen = new Set<string>();
  for (const timeZone of ZONES) {
    const { days, offsets } = clockChanges(timeZone, 2025, 2027);
    const kind = [...days, ...offsets].join(' ');
    if (seen.has(kind)) continue;
    seen.add(kind);
    for (const date of days) {
      const task = await sent(date, timeZone);
      expect(taskDueDay(task), `${date} in ${timeZone}`).toBe(date);
      expect(task).toMatchObject({ timeZone, isAllDay: true });
    }
  }
  expect(seen.size).toBeGreaterThan(15);
});

test.each([
  ['2026-10-02', 'Europe/Berlin', '2026-10-01T22:00:00+0000'],
  ['2026-12-24', 'America/Los_Angeles', '2026-12-24T08:00:00+0000'],
  ['2026-11-22', 'Pacific/Kiritimati', '2026-11-21T10:00:00+0000'],
  ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00+0000'],
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00+0000'],
])('%s in %s begins at %s', async (date, timeZone, wire) => {
  expect((await sent(date, timeZone)).dueDate).toBe(wire);
});

test('a day that a zone skipped is refused', async () => {
  const error = await failure(sent('2011-12-30', 'Pacific/Apia'));
  expect(error).toMatchObject({ field: 'dueDate.date' });
});

test('an instant comes back as the same second', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.date({ min: new Date('1980-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      async (at) => {
        const task = await client.tasks.create({ title: 'x', dueDate: at });
        expect(taskDueDate(task)?.getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000);
      },
    ),
    { numRuns: propertyRuns(30) },
  );
});

test('texts with offsets mean the instant that they name', async () => {
  for (const dueDate of [
    '2026-11-22T10:00:00+01:00',
    '2026-11-22T09:00:00.000+0000',
    '2026-11-22T09:00:00+0000',
    '2026-11-22T09:00:00.000Z',
  ]) {
    const task = await client.tasks.create({ title: 'x', dueDate });
    expect(task.dueDate).toBe('2026-11-22T09:00:00.000+0000');
  }
});

test('clearing a date clears it, and the repeat rule with it', async () => {
  const task = await client.tasks.create({
    title: 'x',
    dueDate: { date: '2026-11-22', timeZone: 'Asia/Tokyo' },
    repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
  });
  expect(taskStartDay(task)).toBe('2026-11-22');
  const cleared = await client.tasks.update(task, { dueDate: null, startDate: null });
  expect(taskDueDate(cleared)).toBeUndefined();
  expect(taskDueDay(cleared)).toBeUndefined();
  expect(cleared.repeatFlag || '').toBe('');
});

test('a zone that this runtime does not know, or none, counts as UTC', () => {
  const dueDate = '2026-11-21T23:30:00.000+0000';
  expect(taskDueDay({ dueDate, timeZone: 'Mars/Base' })).toBe('2026-11-21');
  expect(taskDueDay({ dueDate })).toBe('2026-11-21');
  expect(taskDueDay({ dueDate, timeZone: 'Asia/Tokyo' })).toBe('2026-11-22');
  expect(taskDueDay({ dueDate: 'nonsense' })).toBeUndefined();
});

test.each(['60', 'day 5', '2026-10-11', '2026-10-11T09:00:00'])('%s is no date of TickTick', (dueDate) => {
  expect(taskDueDate({ dueDate, timeZone: 'UTC' })).toBe(undefined);
  expect(taskDueDay({ dueDate, timeZone: 'UTC' })).toBe(undefined);
});
