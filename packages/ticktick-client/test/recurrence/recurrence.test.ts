import { InvalidRequestError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { taskDays, taskDueDate } from '@context-sdk/ticktick-client';
import { nextOccurrences, recurrence, type RecurringDates } from '@context-sdk/ticktick-client/recurrence';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

test('18.recurrence: a rule is read and written again as it was', () => {
  const text = 'RRULE:FREQ=WEEKLY;WKST=MO;INTERVAL=2;BYDAY=MO,TH,SA';
  expect(recurrence(text)).toEqual({
    repeatFlag: text,
    rule: { frequency: 'WEEKLY', weekStart: 'MO', interval: 2, byDay: ['MO', 'TH', 'SA'] },
    isCalculable: true,
  });
  expect(recurrence({ frequency: 'MONTHLY', byDay: ['4TH'] }).repeatFlag).toBe(
    'RRULE:FREQ=MONTHLY;BYDAY=4TH',
  );
});

test.each([
  'ERULE:NAME=FORGETTINGCURVE;CYCLE=0',
  'LUNAR:FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=28',
  'RRULE:FREQ=DAILY;INTERVAL=3;TT_SKIP=WEEKEND,HOLIDAY',
  'SOMETHING:NEW',
])('18.recurrence: %s passes through; only TickTick knows its next date', async (repeatFlag) => {
  expect(recurrence(repeatFlag)).toMatchObject({ repeatFlag, isCalculable: false });
  const task = { dueDate: '2026-11-22T09:00:00.000+0000', timeZone: 'UTC', repeatFlag };
  expect(await nextOccurrences(task)).toBeUndefined();
});

test('18.recurrence: a rule of dates', async () => {
  const { repeatFlag, dates } = recurrence({ dates: ['2026-12-24', '2026-11-30'] });
  expect([repeatFlag, dates]).toEqual([
    'ERULE:NAME=CUSTOM;BYDATE=20261130,20261224',
    ['2026-11-30', '2026-12-24'],
  ]);
  const task = { dueDate: '2026-11-22T08:00:00.000+0000', timeZone: 'Europe/Berlin', repeatFlag };
  expect((await nextOccurrences(task, { limit: 5 }))?.map((each) => each.dueDate)).toEqual([
    '2026-11-30T08:00:00.000+0000',
    '2026-12-24T08:00:00.000+0000',
  ]);
});

test('18.recurrence: what can be no rule is refused', async () => {
  for (const rule of ['', { dates: [] }, { dates: ['2026-02-30'] }, { frequency: 'OFTEN' as 'DAILY' }]) {
    expect(() => recurrence(rule)).toThrow(InvalidRequestError);
  }
  const task = { dueDate: '2026-11-22T08:00:00.000+0000', repeatFlag: 'RRULE:FREQ=DAILY;BYDAY=XX' };
  expect(await failure(nextOccurrences(task))).toBeInstanceOf(InvalidRequestError);
});

test.each<[string, object]>([
  ['interval', { interval: 0 }],
  ['interval', { interval: 1.5 }],
  ['count', { count: -1 }],
  ['until', { until: '2026-12-24' }],
  ['until', { until: '20260230' }],
  ['until', { until: '20261224;COUNT=3' }],
  ['byDay', { byDay: ['XX'] }],
  ['byMonthDay', { byMonthDay: [32] }],
  ['byMonth', { byMonth: [0] }],
  ['bySetPos', { bySetPos: [367] }],
  ['weekStart', { weekStart: 'Monday' }],
  ['byWeekday', { byWeekday: ['MO'] }],
  ['other', { other: { 'A;COUNT': '3' } }],
  ['other', { other: { BYHOUR: '9;COUNT=3' } }],
])('18.recurrence: a rule with another %s is refused: %j', (field, part) => {
  const rule = { frequency: 'DAILY', ...part } as const;
  expect(() => recurrence(rule)).toThrow(expect.objectContaining({ field }));
});

test('18.recurrence: whatever a rule has, it is read again', () => {
  const rule = {
    frequency: 'YEARLY',
    interval: 2,
    until: '20301231T235959Z',
    byDay: ['1MO', '-1FR', 'SU'],
    byMonthDay: [-31, 31],
    byMonth: [1, 12],
    bySetPos: [-1, 366],
    weekStart: 'SU',
    other: { BYWEEKNO: '1', TT_SKIP: 'WEEKEND,HOLIDAY' },
  } as const;
  expect(recurrence(recurrence(rule as never).repeatFlag).rule).toEqual(rule);
});

test.each([
  { limit: 0 },
  { limit: 1.5 },
  { limit: Number.POSITIVE_INFINITY },
  { after: new Date(Number.NaN) },
  { before: new Date(Number.NaN) },
  { completedAt: new Date(Number.NaN) },
])('18.recurrence: occurrences are not asked for with %j', async (options) => {
  const task = { dueDate: '2026-11-22T08:00:00.000+0000', repeatFlag: 'RRULE:FREQ=DAILY' };
  expect(await failure(nextOccurrences(task, options))).toMatchObject({ field: Object.keys(options)[0] });
});

test('18.recurrence: a task of 1965 keeps its hour', async () => {
  const task = { dueDate: '1965-11-22T09:00:00.000+0000', timeZone: 'UTC' };
  const repeatFlag = 'ERULE:NAME=CUSTOM;BYDATE=19651224';
  expect(await nextOccurrences({ ...task, repeatFlag })).toMatchObject([
    { dueDate: '1965-12-24T09:00:00.000+0000' },
  ]);
  const fromCompletion = { ...task, repeatFrom: '1', repeatFlag: 'RRULE:FREQ=DAILY' };
  const completedAt = new Date('1966-01-05T12:00:00Z');
  expect(await nextOccurrences(fromCompletion, { completedAt })).toMatchObject([
    { dueDate: '1966-01-06T09:00:00.000+0000' },
  ]);
});

test('18.recurrence: an all-day span keeps its days when clocks change; a time keeps its hour', async () => {
  const span: RecurringDates = {
    startDate: '2026-10-20T22:00:00.000+0000',
    dueDate: '2026-10-22T22:00:00.000+0000',
    timeZone: 'Europe/Berlin',
    isAllDay: true,
    repeatFlag: 'RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=2',
  };
  const next = await nextOccurrences(span, { limit: 3 });
  expect(next?.map((each) => taskDays(each))).toEqual([{ first: '2026-10-28', last: '2026-10-29' }]);
  const timed = {
    ...span,
    isAllDay: false,
    startDate: span.dueDate,
    repeatFlag: 'RRULE:FREQ=WEEKLY;UNTIL=20261030',
  };
  expect((await nextOccurrences(timed, { limit: 3 }))?.map((each) => each.dueDate)).toEqual([
    '2026-10-29T23:00:00.000+0000',
  ]);
});

test.each([
  ['20261102', 4],
  ['20261102T150000', 4],
  ['20261102T075959', 3],
  ['20261102T070000Z', 4],
  ['20261102T065959Z', 3],
])('18.recurrence: a task at 8:00 in Berlin until %s', async (until, count) => {
  const dueDate = '2026-10-29T07:00:00.000+0000';
  const task = { dueDate, timeZone: 'Europe/Berlin', repeatFlag: `RRULE:FREQ=DAILY;UNTIL=${until}` };
  expect(await nextOccurrences(task, { limit: 9 })).toHaveLength(count);
});

test('18.recurrence: occurrences are asked for by their time, however long ago the task began', async () => {
  const bounds = {
    after: new Date('2026-11-24T08:00:00Z'),
    before: new Date('2026-11-27T08:00:00Z'),
    limit: 9,
  };
  const daily = { repeatFlag: 'RRULE:FREQ=DAILY', timeZone: 'UTC' };
  const timed = { ...daily, dueDate: '2016-11-22T08:00:00.000+0000' };
  expect((await nextOccurrences(timed, bounds))?.map(({ dueDate }) => dueDate.slice(0, 10))).toEqual([
    '2026-11-25',
    '2026-11-26',
  ]);
  const allDay = { ...daily, dueDate: '2016-11-22T00:00:00.000+0000', isAllDay: true };
  expect((await nextOccurrences(allDay, bounds))?.map(({ dueDate }) => dueDate.slice(0, 10))).toEqual([
    '2026-11-25',
    '2026-11-26',
    '2026-11-27',
  ]);
});

test('18.recurrence: without a rule or a date there is nothing to calculate', async () => {
  expect(await nextOccurrences({ dueDate: '2026-11-22T08:00:00.000+0000' })).toBeUndefined();
  expect(await nextOccurrences({ repeatFlag: 'RRULE:FREQ=DAILY', dueDate: null })).toBeUndefined();
});

test('18.recurrence: named days begin at midnight, each once, also after one without a midnight', async () => {
  const dates = ['2026-09-10', '2026-09-10', '2026-09-11'];
  const { repeatFlag, dates: read } = recurrence({ dates });
  expect(read).toEqual(['2026-09-10', '2026-09-11']);
  expect(repeatFlag).toBe('ERULE:NAME=CUSTOM;BYDATE=20260910,20260911');
  const first = '2026-09-06T04:00:00.000+0000';
  const task = { startDate: first, dueDate: first, isAllDay: true, timeZone: 'America/Santiago' };
  const next = await nextOccurrences(
    { ...task, repeatFlag: 'ERULE:NAME=CUSTOM;BYDATE=20260910,20260910,20260911' },
    { limit: 5 },
  );
  expect(next?.map(({ startDate }) => startDate)).toEqual([
    '2026-09-10T03:00:00.000+0000',
    '2026-09-11T03:00:00.000+0000',
  ]);
});

test.each(['RRULE:FREQ=DAILY;INTERVAL=1', 'ERULE:NAME=CUSTOM;BYDATE=20111229,20111230,20111231'])(
  '18.recurrence: %s has no occurrence on a day that its zone skipped',
  async (repeatFlag) => {
    const first = '2011-12-28T10:00:00.000+0000';
    const task = { startDate: first, dueDate: first, isAllDay: true, timeZone: 'Pacific/Apia', repeatFlag };
    const next = await nextOccurrences(task, { limit: 2 });
    expect(next?.map(({ startDate }) => startDate)).toEqual([
      '2011-12-29T10:00:00.000+0000',
      '2011-12-30T10:00:00.000+0000',
    ]);
  },
);

test.each([
  ['9999-12-30T00:00:00.000+0000', true, 'UTC', 1],
  ['9999-12-30T09:00:00.000+0000', false, 'UTC', 1],
  ['9999-12-31T16:00:00.000+0000', true, 'Asia/Tokyo', 0],
  ['9999-12-31T16:00:00.000+0000', false, 'Asia/Tokyo', 0],
])('18.recurrence: from %s on there are no more years', async (startDate, isAllDay, timeZone, count) => {
  const task = { startDate, dueDate: startDate, isAllDay, timeZone, repeatFlag: 'RRULE:FREQ=DAILY' };
  expect(await nextOccurrences(task, { limit: 3 })).toHaveLength(count);
});

const RULE = fc.oneof(
  fc.record({ FREQ: fc.constant('DAILY'), INTERVAL: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    FREQ: fc.constant('WEEKLY'),
    INTERVAL: fc.integer({ min: 1, max: 4 }),
    WKST: fc.constantFrom(undefined, 'MO', 'SU', 'SA'),
    BYDAY: fc.option(fc.subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 }), {
      nil: undefined,
    }),
  }),
  fc.record({
    FREQ: fc.constant('MONTHLY'),
    INTERVAL: fc.integer({ min: 1, max: 5 }),
    BYMONTHDAY: fc.option(fc.subarray([1, 15, 29, 31, -1], { minLength: 1 }), { nil: undefined }),
  }),
  fc.record({
    FREQ: fc.constant('MONTHLY'),
    BYDAY: fc.subarray(['1MO', '2TU', '4TH', '-1FR'], { minLength: 1 }),
  }),
  fc.record({ FREQ: fc.constant('YEARLY'), INTERVAL: fc.integer({ min: 1, max: 3 }) }),
);

test('18.recurrence: random rules occur next when the sandbox, which calculates by itself, says so', async () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Auckland',
  );
  const first = fc.integer({
    min: Date.parse('2026-01-01T10:00:00Z'),
    max: Date.parse('2026-12-31T10:00:00Z'),
  });
  await fc.assert(
    fc.asyncProperty(RULE, zone, first, async (parts, timeZone, at) => {
      const named = Object.entries(parts).filter(([, value]) => value !== undefined);
      const repeatFlag = `RRULE:${named.map(([name, value]) => `${name}=${String(value)}`).join(';')}`;
      const user = createSandbox({ seed: 'empty' }).ticktick.testUser();
      // At ten in the morning of UTC no zone of these changes its clocks.
      const dueDate = `${new Date(at).toISOString().slice(0, 10)}T10:00:00+0000`;
      const task = user.createTask({ title: 'x', dueDate, timeZone, repeatFlag });
      const next = await nextOccurrences(task);
      user.completeTask(task.id);
      const after = user.task(task.id);
      expect(next?.map(taskDueDate)).toEqual(after?.status === 0 ? [taskDueDate(after)] : []);
    }),
    { numRuns: propertyRuns(80) },
  );
});
