import { failure } from '@context-sdk/test-support';
import {
  isDueOn,
  isOverdue,
  type TaskChanges,
  taskDays,
  taskSchedule,
  taskTimes,
  taskWallTime,
} from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const BERLIN = 'Europe/Berlin';
const day = (date: string, timeZone = BERLIN) => ({ date, timeZone });
const SPAN = {
  id: 'a',
  projectId: 'b',
  title: 'Fair',
  isAllDay: true,
  startDate: '2026-06-15T22:00:00.000+0000',
  dueDate: '2026-06-17T22:00:00.000+0000',
  timeZone: BERLIN,
};
const MIDNIGHTS = { startDate: '2026-06-30T22:00:00.000+0000', dueDate: '2026-07-02T22:00:00.000+0000' };
const CALL = {
  ...SPAN,
  isAllDay: false,
  startDate: '2026-06-16T07:00:00.000+0000',
  dueDate: '2026-06-16T07:30:00.000+0000',
};

/** What the client sends to change a task. */
async function updated(task: object, changes: TaskChanges): Promise<Record<string, unknown>> {
  let sent = {};
  const client = clientOf(async (request) => {
    sent = (await request.json()) as object;
    return Response.json({ id: 'a', projectId: 'b' });
  });
  await client.tasks.update(task as typeof SPAN, changes);
  return sent;
}

test.each<[name: string, task: object, changes: TaskChanges, first: string, last: string]>([
  ['a due day', SPAN, { dueDate: day('2026-07-10') }, '2026-07-09', '2026-07-10'],
  ['a start day', SPAN, { startDate: day('2026-07-10') }, '2026-07-10', '2026-07-11'],
  ['a day in a copy', SPAN, { ...SPAN, dueDate: day('2026-07-10') }, '2026-07-09', '2026-07-10'],
  ['another zone', SPAN, { timeZone: 'Asia/Tokyo' }, '2026-06-16', '2026-06-17'],
  ['days for a time', CALL, { isAllDay: true }, '2026-06-16', '2026-06-16'],
  ['no start', SPAN, { startDate: null }, '2026-06-17', '2026-06-17'],
  [
    'a day, of a span without a zone',
    { ...SPAN, timeZone: null },
    { dueDate: day('2026-07-10') },
    '2026-07-09',
    '2026-07-10',
  ],
  [
    'a zone, of a span without one',
    { ...SPAN, timeZone: null },
    { timeZone: BERLIN },
    '2026-06-16',
    '2026-06-17',
  ],
  ['its own midnights', SPAN, { isAllDay: true, ...MIDNIGHTS }, '2026-07-01', '2026-07-02'],
  ['its own midnights in a copy', SPAN, { ...SPAN, ...MIDNIGHTS }, '2026-07-01', '2026-07-02'],
  ['one midnight in a copy', SPAN, { ...SPAN, dueDate: MIDNIGHTS.dueDate }, '2026-07-01', '2026-07-02'],
  [
    'one midnight in a copy of one day',
    { ...SPAN, dueDate: SPAN.startDate },
    { ...SPAN, dueDate: MIDNIGHTS.startDate },
    '2026-07-01',
    '2026-07-01',
  ],
])('18.2: %s changes the whole group', async (_name, task, changes, first, last) => {
  const sent = await updated(task, changes);
  expect(sent).toMatchObject({
    isAllDay: true,
    timeZone: changes.timeZone === 'Asia/Tokyo' ? 'Asia/Tokyo' : BERLIN,
  });
  expect(taskDays(sent)).toEqual({ first, last });
});

test('18.2: a time keeps the length and the zone of the task, also for a copy of it', async () => {
  const at = new Date('2026-07-10T12:00:00Z');
  const moved = {
    startDate: '2026-07-10T12:00:00+0000',
    dueDate: '2026-07-10T12:30:00+0000',
    timeZone: BERLIN,
  };
  for (const changes of [
    { schedule: { at } },
    { startDate: at },
    { ...CALL, startDate: at },
  ] as TaskChanges[]) {
    expect(await updated(CALL, changes)).toMatchObject({ ...moved, isAllDay: false });
  }
  expect(await updated(SPAN, { ...SPAN, dueDate: at })).toMatchObject({
    startDate: moved.startDate,
    dueDate: moved.startDate,
    isAllDay: false,
    timeZone: BERLIN,
  });
  expect(await updated({ id: 'a', projectId: 'b' }, { dueDate: at })).toMatchObject({
    startDate: moved.startDate,
    dueDate: moved.startDate,
    isAllDay: false,
  });
});

test('18.2: a date that is named beside another one stays, though the task has it', async () => {
  const startDate = new Date('2026-06-16T06:00:00Z');
  expect(await updated(CALL, { startDate, dueDate: CALL.dueDate })).toMatchObject({
    startDate: '2026-06-16T06:00:00+0000',
    dueDate: '2026-06-16T07:30:00+0000',
  });
});

test('18.2: a floating task whose zone is none can be given one', async () => {
  const task = { ...CALL, isFloating: true, timeZone: 'Mars/Base' };
  expect(await updated(task, { timeZone: BERLIN })).toMatchObject({
    startDate: '2026-06-16T05:00:00+0000',
    timeZone: BERLIN,
  });
});

test.each(['', 'Mars/Base'])('18.5: times of a task whose zone is "%s" can be changed', async (timeZone) => {
  const dates = { startDate: '2026-06-16T07:00:00+0000', dueDate: '2026-06-16T07:30:00+0000' };
  const group = { isAllDay: false, ...(timeZone && { timeZone }) };
  for (const isFloating of [false, true]) {
    const task = { ...CALL, timeZone, isFloating };
    const { id, projectId } = task;
    const due = { startDate: dates.dueDate, dueDate: dates.dueDate };
    expect(await updated(task, { startDate: null })).toEqual({ id, projectId, ...group, ...due });
    const timed = await updated({ ...task, isAllDay: true }, { isAllDay: false });
    expect(timed).toEqual({ id, projectId, ...group, ...dates });
  }
});

test('18.2: no due date is no date, also for a copy', async () => {
  for (const changes of [
    { dueDate: null },
    { ...SPAN, dueDate: null },
    { schedule: null },
  ] as TaskChanges[]) {
    expect(await updated(SPAN, changes)).toMatchObject({ startDate: null, dueDate: null });
  }
});

test('18.2: a task given by its id keeps its length and zone, too', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const schedule = { from: day('2026-06-16'), to: day('2026-06-18') };
  const { id } = await client.tasks.create({ title: 'x', schedule });
  await client.tasks.updateMany([
    { task: id, changes: { dueDate: day('2026-07-10') } },
    { task: id, changes: { priority: 5 } },
  ]);
  expect(taskDays(await client.tasks.get(id))).toEqual({ first: '2026-07-08', last: '2026-07-10' });
  await client.tasks.update(id, { startDate: day('2026-08-01') });
  expect(taskSchedule(await client.tasks.get(id))).toEqual({
    from: day('2026-08-01'),
    to: day('2026-08-03'),
  });
});

test.each<[field: string, task: object, changes: object]>([
  ['isAllDay', SPAN, { dueDate: day('2026-07-10'), isAllDay: false }],
  ['isAllDay', CALL, { dueDate: new Date('2026-07-10T09:00:00Z'), isAllDay: true }],
  ['schedule.durationMinutes', CALL, { schedule: { at: new Date(0), durationMinutes: -1 } }],
  ['schedule.durationMinutes', CALL, { schedule: { at: new Date(0), durationMinutes: Number.NaN } }],
  ['schedule.at', CALL, { schedule: { at: 'tomorrow' } }],
  ['schedule.day', CALL, { schedule: { day: '2026-07-10' } }],
  ['schedule.from', CALL, { schedule: {} }],
  ['schedule.to', CALL, { schedule: { from: day('2026-07-10') } }],
  ['schedule.to', CALL, { schedule: { from: day('2026-07-10'), to: day('2026-07-09') } }],
  ['schedule.to.timeZone', CALL, { schedule: { from: day('2026-07-10'), to: day('2026-07-11', 'UTC') } }],
  ['schedule', CALL, { schedule: 'never' }],
  ['timeZone', SPAN, { dueDate: day('2026-07-10'), timeZone: 'UTC' }],
  ['timeZone', SPAN, { dueDate: day('2026-07-10', 'UTC'), timeZone: BERLIN }],
  ['isAllDay', CALL, { dueDate: day('2026-07-10'), isAllDay: false }],
  ['isAllDay', CALL, { schedule: { day: day('2026-07-10') }, isAllDay: false }],
  ['schedule', CALL, { schedule: { day: day('2026-07-10') }, startDate: CALL.startDate }],
  ['dueDate', CALL, { startDate: new Date('2026-06-17T09:00:00Z'), dueDate: CALL.dueDate }],
  [
    'dueDate',
    CALL,
    { startDate: new Date('2026-07-10T09:00:00Z'), dueDate: new Date('2026-07-10T08:00:00Z') },
  ],
  ['repeatFlag', { id: 'a', projectId: 'b', title: 'x' }, { repeatFlag: 'RRULE:FREQ=DAILY' }],
  ['repeatFlag', SPAN, { schedule: null, repeatFlag: 'RRULE:FREQ=DAILY' }],
])('18.2: a contradiction in %s is refused by its name', async (field, task, changes) => {
  expect(await failure(updated(task, changes as TaskChanges))).toMatchObject({ field });
});

test('18.2: a floating task is where its clock shows the time', async () => {
  const task = { ...CALL, isFloating: true };
  expect(taskWallTime(task)).toEqual({ start: '2026-06-16T09:00:00', due: '2026-06-16T09:30:00' });
  expect(taskWallTime(SPAN)).toBeUndefined();
  expect(taskTimes(task, 'Asia/Tokyo').start).toEqual(new Date('2026-06-16T00:00:00Z'));
  expect(taskTimes(CALL, 'Asia/Tokyo').start).toEqual(new Date('2026-06-16T07:00:00Z'));
  expect(await updated(task, { timeZone: 'Asia/Tokyo' })).toMatchObject({
    startDate: '2026-06-16T00:00:00+0000',
    timeZone: 'Asia/Tokyo',
  });
});

test('18.1: schedules are read as they are written', async () => {
  expect(taskSchedule(SPAN)).toEqual({ from: day('2026-06-16'), to: day('2026-06-17') });
  expect(taskSchedule({ ...SPAN, dueDate: SPAN.startDate })).toEqual({ day: day('2026-06-16') });
  expect(taskSchedule(CALL)).toEqual({ at: new Date('2026-06-16T07:00:00Z'), durationMinutes: 30 });
  expect(taskSchedule({})).toBeNull();
  for (const task of [SPAN, CALL]) {
    const { startDate, dueDate } = await updated(
      { id: 'a', projectId: 'b' },
      { schedule: taskSchedule(task) },
    );
    expect([startDate, dueDate]).toEqual(
      [task.startDate, task.dueDate].map((date) => date.replace('.000', '')),
    );
  }
});

test('18.dates: overdue and due on a day', () => {
  const now = (time: string) => new Date(`2026-06-${time}:00Z`);
  expect(isOverdue(SPAN, now('17T21:59'))).toBe(false);
  expect(isOverdue(SPAN, now('17T22:00'))).toBe(true);
  expect(isOverdue(SPAN, now('17T22:00'), 'America/Los_Angeles')).toBe(false);
  expect(isOverdue({ ...SPAN, status: 2 }, now('30T00:00'))).toBe(false);
  expect(isOverdue(CALL, now('16T07:30'))).toBe(false);
  expect(isOverdue(CALL, now('16T07:31'))).toBe(true);
  expect(isOverdue({ ...CALL, isFloating: true }, now('16T07:31'), 'America/Los_Angeles')).toBe(false);
  expect(isOverdue({}, now('16T07:31'))).toBe(false);
  expect(isDueOn(SPAN, '2026-06-17', 'Asia/Tokyo')).toBe(true);
  expect(isDueOn(SPAN, '2026-06-18', 'Asia/Tokyo')).toBe(false);
  const late = { dueDate: '2026-06-16T22:30:00.000+0000', timeZone: 'UTC' };
  expect(isDueOn(late, '2026-06-17', BERLIN)).toBe(true);
  expect(isDueOn({ ...late, isFloating: true }, '2026-06-16', BERLIN)).toBe(true);
});

test('18.2: what can be no moment, day or zone is refused by name', () => {
  const task = { dueDate: '2026-11-22T00:00:00.000+0000', timeZone: 'UTC', isAllDay: true };
  const now = new Date('2026-11-23T12:00:00Z');
  const refused: [field: string, ask: () => unknown][] = [
    ['now', () => isOverdue(task, new Date(Number.NaN))],
    ['now', () => isOverdue(task, JSON.parse('"2026-11-23"'))],
    ['timeZone', () => isOverdue(task, now, 'Mars/Base')],
    ['day', () => isDueOn(task, '22.11.2026', 'UTC')],
    ['timeZone', () => isDueOn(task, '2026-11-22', 'Mars/Base')],
  ];
  for (const [field, ask] of refused) expect(ask).toThrow(expect.objectContaining({ field }));
});
