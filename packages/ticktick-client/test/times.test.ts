import { failure } from '@context-sdk/test-support';
import { InvalidRequestError, type TaskOutcome, type TickTickClient } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { answering } from './resources/answering.ts';

/** A method that accepts a time, the field of its input, and a call with that field. */
type TimeInput = [method: string, field: string, call: (client: TickTickClient, time: never) => unknown];

const TASK = { id: 'a', projectId: 'b' };
const RANGE = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-24T00:00:00Z') };

/** What a bulk call fails with for its one item. */
async function rejected(outcomes: Promise<TaskOutcome[]>): Promise<void> {
  const [outcome] = await outcomes;
  if (outcome?.status === 'failed') throw outcome.error;
}

const TASK_DATES = (['startDate', 'dueDate'] as const).flatMap((name): TimeInput[] => {
  const dated = (time: never) => ({ title: 'x', [name]: time });
  return [
    ['tasks.create', name, ({ tasks }, time) => tasks.create(dated(time))],
    ['tasks.update', name, ({ tasks }, time) => tasks.update(TASK, dated(time))],
    ['tasks.createMany', `tasks[0].${name}`, ({ tasks }, time) => rejected(tasks.createMany([dated(time)]))],
    [
      'tasks.updateMany',
      `tasks[0].changes.${name}`,
      ({ tasks }, time) => rejected(tasks.updateMany([{ task: TASK, changes: dated(time) }])),
    ],
  ];
});

const TIMES: TimeInput[] = [
  ...TASK_DATES,
  ['tasks.listCompleted', 'from', ({ tasks }, from) => tasks.listCompleted({ ...RANGE, from }).toArray()],
  ['tasks.listCompleted', 'to', ({ tasks }, to) => tasks.listCompleted({ ...RANGE, to }).toArray()],
  ['tasks.listDue', 'from', ({ tasks }, from) => tasks.listDue({ ...RANGE, from }).toArray()],
  ['tasks.listDue', 'to', ({ tasks }, to) => tasks.listDue({ ...RANGE, to }).toArray()],
  ['tasks.filter', 'startFrom', ({ tasks }, startFrom) => tasks.filter({ startFrom }).toArray()],
  ['tasks.filter', 'startTo', ({ tasks }, startTo) => tasks.filter({ startTo }).toArray()],
  ['tasks.search', 'dueFrom', ({ tasks }, dueFrom) => tasks.search({ keywords: 'x', dueFrom })],
  ['tasks.search', 'dueTo', ({ tasks }, dueTo) => tasks.search({ keywords: 'x', dueTo })],
  ['focus.create', 'startTime', ({ focus }, startTime) => focus.create({ type: 0, startTime })],
  ['focus.create', 'endTime', ({ focus }, endTime) => focus.create({ type: 0, endTime })],
  ['focus.list', 'from', ({ focus }, from) => focus.list({ ...RANGE, type: 0, from }).toArray()],
  ['focus.list', 'to', ({ focus }, to) => focus.list({ ...RANGE, type: 0, to }).toArray()],
  ['habits.checkIn', 'time', ({ habits }, time) => habits.checkIn('a', { stamp: 20261123, time })],
  ['habits.checkIn', 'opTime', ({ habits }, opTime) => habits.checkIn('a', { stamp: 20261123, opTime })],
];

const ZONES: TimeInput[] = [
  ['tasks.create', 'timeZone', ({ tasks }, timeZone) => tasks.create({ title: 'x', timeZone })],
  ['tasks.update', 'timeZone', ({ tasks }, timeZone) => tasks.update(TASK, { timeZone })],
];

const WRONG_INSTANTS: unknown[] = [
  '2026-02-30T10:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T10:00:00+0100',
  '2026-11-23T10:00+0000',
  '2026-11-23T10:00:00+24:00',
  '2026-11-23T10:00:00',
  '2026-02-30T10:00:00.000+0000',
  '2026-11-23 10:00:00Z',
  '2026-11-23',
  'tomorrow',
  '',
  1_795_000_000_000,
  new Date(Number.NaN),
];
const WRONG_DAYS: unknown[] = [
  '2026-02-30',
  '2026-13-01',
  '23.11.2026',
  '2026-11-23T00:00:00Z',
  '',
  20261123,
];
const WRONG_ZONES: unknown[] = ['+01:00', 'GMT+1', 'Mars/Base', '', null];

async function checkRefused(
  [, field, call]: TimeInput,
  times: readonly unknown[],
  suffix = '',
): Promise<void> {
  const { client, asked } = answering('[]');
  for (const time of times) {
    const error = await failure((async () => call(client, time as never))());
    expect(error, JSON.stringify(time)).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ field: `${field}${suffix}` });
  }
  expect(asked).toEqual([]);
}

describe('one reading of times: what is wrong is refused by its field, and nothing is sent', () => {
  test.each(TIMES)('%s: %s as an instant', async (...input) => {
    await checkRefused(input, WRONG_INSTANTS);
  });

  test.each(TIMES)('%s: %s as a calendar day', async (...input) => {
    const days = WRONG_DAYS.map((date) => ({ date, timeZone: 'Europe/Zurich' }));
    await checkRefused(input, days, '.date');
  });

  test.each(TIMES)('%s: the zone of the calendar day %s', async (...input) => {
    const days = WRONG_ZONES.map((timeZone) => ({ date: '2026-11-23', timeZone }));
    await checkRefused(input, days, '.timeZone');
  });

  test.each(ZONES)('%s: %s', async (...input) => {
    await checkRefused(input, WRONG_ZONES);
  });
});

test.each([
  '2026-11-23T10:00:00+01:00',
  '2026-11-23T09:00Z',
  '2026-11-23T09:00:00.000+0000',
  '2026-11-23T09:00:00+0000',
])('%s is an instant, in RFC 3339 or as TickTick writes it', async (dueDate) => {
  const { client, asked } = answering(JSON.stringify(TASK));
  await client.tasks.create({ title: 'x', dueDate });
  expect(await asked[0]?.json()).toMatchObject({ dueDate: '2026-11-23T09:00:00+0000' });
});
