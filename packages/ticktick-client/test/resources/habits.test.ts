import { NetworkError, NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import type { HabitCheckInInput, HabitCheckInRange, HabitInput } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { answering, BAD_IDS, UNKNOWN_ID } from './answering.ts';

const server = useSandbox();

test('a habit can be created, read, listed and changed', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const created = await client.habits.create({
    name: 'Читать 📖',
    goal: 20,
    step: 5.5,
    unit: 'pages',
    reminders: ['09:00'],
    recordEnable: true,
    targetStartDate: '2026-04-07',
  });
  expect(created).toMatchObject({ name: 'Читать 📖', goal: 20, step: 5.5, targetStartDate: 20260407 });
  expect(await client.habits.get(created.id)).toEqual(created);
  expect(await client.habits.list()).toEqual([created]);
  const changed = await client.habits.update(created.id, { goal: 30, targetStartDate: 20260501 });
  expect(changed).toMatchObject({ name: 'Читать 📖', goal: 30, targetStartDate: 20260501 });
});

test('habits stand under sections', async () => {
  const { client } = await server.start({ seed: 'demo' });
  const sections = await client.habits.sections();
  const named = new Set((await client.habits.list()).map(({ sectionId }) => sectionId));
  expect(named).toEqual(new Set(sections.map(({ id }) => id)));
});

test('days are checked in and found again, in entries of a year', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const read = await client.habits.create({ name: 'Read' });
  const swim = await client.habits.create({ name: 'Swim' });
  const noted = await client.habits.checkIn(read.id, { stamp: '2025-12-31', value: 0.5, goal: 1 });
  expect(noted).toMatchObject({ habitId: read.id, year: 2025 });
  expect(noted.checkins).toEqual([expect.objectContaining({ stamp: 20251231, value: 0.5, goal: 1 })]);
  await client.habits.checkIn(read.id, { stamp: 20260101 });
  await client.habits.checkIn(swim.id, { stamp: 20260102 });
  const stamps = async (range: HabitCheckInRange): Promise<unknown[]> =>
    (await client.habits.checkIns(range)).map(({ habitId, year, checkins }) => [
      habitId,
      year,
      checkins.map(({ stamp }) => stamp),
    ]);
  const both = [read.id, swim.id];
  expect(await stamps({ habitIds: both, from: '2025-12-31', to: 20260102 })).toEqual([
    [read.id, 2025, [20251231]],
    [read.id, 2026, [20260101]],
    [swim.id, 2026, [20260102]],
  ]);
  expect(await stamps({ habitIds: [read.id], from: 20260101, to: 20260101 })).toEqual([
    [read.id, 2026, [20260101]],
  ]);
  expect(await stamps({ habitIds: both, from: 20260201, to: 20260228 })).toEqual([]);
});

test('a check-in carries its times as TickTick writes dates', async () => {
  const { client, asked } = answering('{"habitId":"a","checkins":[]}');
  await client.habits.checkIn('a', {
    stamp: 20260407,
    time: new Date('2026-04-07T08:00:00.123Z'),
    opTime: '2026-04-07T10:00:00+02:00',
    status: 2,
  });
  expect(await asked[0]?.json()).toEqual({
    stamp: 20260407,
    time: '2026-04-07T08:00:00+0000',
    opTime: '2026-04-07T08:00:00+0000',
    status: 2,
  });
});

test('an unknown habit is not found, also where TickTick answers 200', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const { client: silent } = answering('');
  const errors = [
    failure(client.habits.get(UNKNOWN_ID)),
    failure(client.habits.update(UNKNOWN_ID, { name: 'x' })),
    failure(client.habits.checkIn(UNKNOWN_ID, { stamp: 20260407 })),
    failure(silent.habits.get(UNKNOWN_ID)),
    failure(silent.habits.update(UNKNOWN_ID, { name: 'x' })),
  ];
  for (const error of errors) expect(await error).toBeInstanceOf(NotFoundError);
  expect(await failure(silent.habits.create({ name: 'x' }))).toBeInstanceOf(UnexpectedResponseError);
  const empty = silent.habits.checkIn('a', { stamp: 20260407 });
  expect(await failure(empty)).toBeInstanceOf(UnexpectedResponseError);
});

test('a check-in whose answer is lost is not sent twice', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const { id } = await client.habits.create({ name: 'Read' });
  sandbox.clearRequests();
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect(await failure(client.habits.checkIn(id, { stamp: 20260407 }))).toBeInstanceOf(NetworkError);
  expect(sandbox.requests).toHaveLength(1);
});

const badHabits: [field: string, input: unknown][] = [
  ['name', { name: '' }],
  ['name', { name: 7 }],
  ['name', { name: 'x'.repeat(1001) }],
  ['goal', { name: 'x', goal: '1' }],
  ['step', { name: 'x', step: Number.NaN }],
  ['unit', { name: 'x', unit: 7 }],
  ['reminders', { name: 'x', reminders: '09:00' }],
  ['exDates', { name: 'x', exDates: [20260407] }],
  ['recordEnable', { name: 'x', recordEnable: 1 }],
  ['sectionId', { name: 'x', sectionId: 'a/b' }],
  ['targetStartDate', { name: 'x', targetStartDate: '2026-02-30' }],
  ['targetStartDate', { name: 'x', targetStartDate: new Date() }],
];

test.each(badHabits)('create and update name %s in %j, and send nothing', async (field, input) => {
  const { client, asked } = answering('{}');
  const bad = input as HabitInput;
  for (const call of [client.habits.create(bad), client.habits.update('a', bad)]) {
    expect(await failure(call)).toMatchObject({ code: 'invalid_request', field });
  }
  expect(asked).toEqual([]);
});

test('without a name nothing is created, without a change nothing is changed', async () => {
  const { client, asked } = answering('{}');
  expect(await failure(client.habits.create({} as never))).toMatchObject({ field: 'name' });
  expect(await failure(client.habits.create(null as never))).toMatchObject({ field: 'habit' });
  expect(await failure(client.habits.update('a', {}))).toMatchObject({ field: 'changes' });
  expect(asked).toEqual([]);
});

const badStamps = [0, 2026407, 20260431, 20261301, 2026.0407, Number.NaN, '20260407', '2026-4-7', '', null];

test.each(badStamps)('%j is not a day, and nothing is sent', async (stamp) => {
  const { client, asked } = answering('{}');
  const bad = stamp as number;
  const calls: [field: string, call: Promise<unknown>][] = [
    ['stamp', client.habits.checkIn('a', { stamp: bad })],
    ['from', client.habits.checkIns({ habitIds: ['a'], from: bad, to: 20260407 })],
    ['to', client.habits.checkIns({ habitIds: ['a'], from: 20260407, to: bad })],
  ];
  for (const [field, call] of calls) {
    expect(await failure(call)).toMatchObject({ code: 'invalid_request', field });
  }
  expect(asked).toEqual([]);
});

const badCheckIns: [field: string, input: unknown][] = [
  ['checkIn', undefined],
  ['stamp', {}],
  ['time', { stamp: 20260407, time: '08:00' }],
  ['opTime', { stamp: 20260407, opTime: 5 }],
  ['value', { stamp: 20260407, value: '1' }],
  ['goal', { stamp: 20260407, goal: Number.POSITIVE_INFINITY }],
  ['status', { stamp: 20260407, status: 'done' }],
];

test.each(badCheckIns)('checkIn names %s in %j, and sends nothing', async (field, input) => {
  const { client, asked } = answering('{}');
  const error = await failure(client.habits.checkIn('a', input as HabitCheckInInput));
  expect(error).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});

const badCheckInRanges: [field: string, range: unknown][] = [
  ['range', undefined],
  ['habitIds', { habitIds: [], from: 20260401, to: 20260407 }],
  ['habitIds', { habitIds: 'a', from: 20260401, to: 20260407 }],
  ['habitIds[1]', { habitIds: ['a', 'b,c'], from: 20260401, to: 20260407 }],
  ['to', { habitIds: ['a'], from: 20260407, to: 20260401 }],
];

test.each(badCheckInRanges)('checkIns names %s in %j, and sends nothing', async (field, range) => {
  const { client, asked } = answering('[]');
  const error = await failure(client.habits.checkIns(range as HabitCheckInRange));
  expect(error).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});

test.each(BAD_IDS)('an id %j reaches no path', async (id) => {
  const { client, asked } = answering('{}');
  const bad = id as string;
  for (const call of [
    client.habits.get(bad),
    client.habits.update(bad, { name: 'x' }),
    client.habits.checkIn(bad, { stamp: 20260407 }),
  ]) {
    expect(await failure(call)).toMatchObject({ field: 'habitId' });
  }
  expect(asked).toEqual([]);
});
