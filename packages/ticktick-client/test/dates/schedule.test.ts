import { failure } from '@context-sdk/test-support';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { taskDays, taskDueDay } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const TIME_ZONE = 'Europe/Berlin';
const day = (date: string, zone = TIME_ZONE) => ({ date, timeZone: zone });
const mirror = clientOf(async (request) =>
  Response.json(Object.assign((await request.json()) as object, { id: 'a', projectId: 'b' })),
);

test('an all-day span ends exclusively: 16 to 17 June is due on the 18th at midnight', () => {
  const task = {
    isAllDay: true,
    startDate: '2026-06-15T22:00:00.000+0000',
    dueDate: '2026-06-17T22:00:00.000+0000',
    timeZone: TIME_ZONE,
  };
  expect(taskDays(task)).toEqual({ first: '2026-06-16', last: '2026-06-17' });
  expect(taskDueDay(task)).toBe('2026-06-17');
});

test('days from 24 to 26 are three days, in every zone, on every date', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
      fc.date({ min: new Date('2015-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.nat({ max: 5 }),
      async (zone, start, length) => {
        const first = start.toISOString().slice(0, 10);
        const last = new Date(start.getTime() + length * 86_400_000).toISOString().slice(0, 10);
        const schedule = { from: day(first, zone), to: day(last, zone) };
        expect(taskDays(await mirror.tasks.create({ title: 'x', schedule }))).toEqual({ first, last });
      },
    ),
    { numRuns: propertyRuns(300) },
  );
});

test('a new due day moves the whole task, and keeps its length', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const schedule = { from: day('2026-12-24'), to: day('2026-12-26') };
  const task = await client.tasks.create({ title: 'x', schedule });
  const moved = await client.tasks.update(task, { dueDate: day('2026-12-31') });
  expect(taskDays(moved)).toEqual({ first: '2026-12-29', last: '2026-12-31' });
  const bare = { id: task.id, projectId: task.projectId };
  expect(taskDays(await client.tasks.update(bare, { dueDate: day('2027-01-02') }))).toEqual({
    first: '2027-01-02',
    last: '2027-01-02',
  });
});

test('a time makes an all-day task one with a time, in its own zone', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const task = await client.tasks.create({ title: 'x', schedule: { day: day('2026-12-24') } });
  const timed = await client.tasks.update(task, { dueDate: new Date('2026-12-24T09:00:00Z') });
  expect(timed).toMatchObject({ isAllDay: false, timeZone: TIME_ZONE, startDate: timed.dueDate });
  const longer = await client.tasks.update(task, {
    schedule: { at: '2026-12-24T09:00:00Z', durationMinutes: 30 },
  });
  expect(longer).toMatchObject({
    startDate: '2026-12-24T09:00:00.000+0000',
    dueDate: '2026-12-24T09:30:00.000+0000',
  });
});

test.each([{ dueDate: null }, { schedule: null }])('%o leaves no date', async (changes) => {
  const { client } = await server.start({ seed: 'empty' });
  const task = await client.tasks.create({ title: 'x', dueDate: day('2026-12-24') });
  expect(taskDays(await client.tasks.update(task, changes))).toBeUndefined();
});

test.each([
  ['dueDate', { startDate: day('2026-12-24'), dueDate: day('2026-12-23') }],
  ['dueDate', { startDate: new Date('2026-12-24T09:00:00Z'), dueDate: day('2026-12-24') }],
  ['timeZone', { startDate: day('2026-12-24'), dueDate: day('2026-12-25', 'Asia/Tokyo') }],
  ['timeZone', { dueDate: day('2026-12-24'), timeZone: 'Asia/Tokyo' }],
  ['schedule', { schedule: null, dueDate: day('2026-12-24') }],
  ['repeatFlag', { repeatFlag: 'RRULE:FREQ=DAILY' }],
  ['isAllDay', { dueDate: new Date('2026-12-24T09:00:00Z'), isAllDay: true }],
  ['schedule', { schedule: { day: day('2026-12-24'), at: new Date() } }],
  ['schedule', { schedule: { day: day('2026-12-24'), from: day('2026-12-24'), to: day('2026-12-25') } }],
  ['schedule', { schedule: { day: day('2026-12-24'), durationMinutes: 30 } }],
  ['schedule', { schedule: { at: new Date(), minutes: 30 } }],
  ['schedule.at', { schedule: { at: day('2026-12-24') } }],
  ['schedule.to', { schedule: { from: day('2026-12-24') } }],
] as [string, object][])('a contradiction is refused by its name: %s', async (field, dates) => {
  expect(await failure(mirror.tasks.create({ title: 'x', ...dates }))).toMatchObject({ field });
});

test('what TickTick itself gave is not refused on update', async () => {
  const task = { id: 'a', projectId: 'b', title: '', status: 1, priority: 2 };
  expect(await mirror.tasks.update(task, { ...task, content: 'x' } as never)).toMatchObject({ content: 'x' });
});
