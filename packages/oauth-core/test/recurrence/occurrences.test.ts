import { serviceErrors } from '@context-sdk/oauth-core/client-kit';
import {
  formatRecurrenceRule,
  occurrenceDays,
  occurrenceTimes,
  parseRecurrenceRule,
} from '@context-sdk/oauth-core/recurrence';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const { invalid } = serviceErrors('test');
const days = (line: string | string[], start: string, more: object = {}) =>
  occurrenceDays({ lines: [line].flat(), start, limit: 4, ...more }, invalid);

async function times(line: string, start: string, more: object = {}): Promise<string[]> {
  const series = { lines: [line], start: Date.parse(start), timeZone: 'Europe/Berlin', limit: 3, ...more };
  return (await occurrenceTimes(series, invalid)).map((at) => new Date(at).toISOString());
}

test.each([
  ['FREQ=DAILY;INTERVAL=2', ['2026-11-29', '2026-12-01', '2026-12-03', '2026-12-05']],
  ['RRULE:FREQ=MONTHLY;BYDAY=-1SU', ['2026-11-29', '2026-12-27', '2027-01-31', '2027-02-28']],
  ['RRULE:FREQ=MONTHLY;BYDAY=4TH;COUNT=2', ['2026-11-29', '2026-12-24']],
  [
    'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    ['2026-11-29', '2026-11-30', '2026-12-31', '2027-01-29'],
  ],
  ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', ['2026-11-29', '2028-02-29', '2032-02-29', '2036-02-29']],
  ['RRULE:FREQ=DAILY;UNTIL=20261130', ['2026-11-29', '2026-11-30']],
  ['RRULE:FREQ=DAILY;UNTIL=20261130T230000Z', ['2026-11-29', '2026-11-30']],
  ['RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', ['2026-11-29']],
])('%s from 29 November 2026', async (line, expected) => {
  expect(await days(line, '2026-11-29')).toEqual(expected);
});

test('rules of other calendars (RFC 7529) have occurrences, too', async () => {
  const line = 'RRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;COUNT=2';
  expect(await days(line, '2027-06-01')).toEqual(['2027-06-01', '2028-01-26']);
});

test('days are taken out and added, and a window limits them', async () => {
  const lines = ['RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20261130', 'RDATE;VALUE=DATE:20261130,20270101'];
  expect(await days(lines, '2026-11-29')).toEqual(['2026-11-29', '2026-12-01', '2026-12-02', '2026-12-03']);
  expect(await days('RDATE;VALUE=DATE:20261205', '2026-11-29')).toEqual(['2026-11-29', '2026-12-05']);
  const window = { after: '2027-01-01', before: '2027-01-04' };
  expect(await days('RRULE:FREQ=DAILY', '1990-11-29', window)).toEqual(['2027-01-02', '2027-01-03']);
  const berlin = { timeZone: 'Europe/Berlin' };
  expect(await days('RRULE:FREQ=DAILY;UNTIL=20261129T230000Z', '2026-11-29', berlin)).toHaveLength(2);
});

test('a series keeps the time of its zone’s clocks', async () => {
  expect(await times('RRULE:FREQ=DAILY', '2026-10-24T07:00:00Z')).toEqual([
    '2026-10-24T07:00:00.000Z',
    '2026-10-25T08:00:00.000Z',
    '2026-10-26T08:00:00.000Z',
  ]);
  const second = '2026-10-25T01:30:00.000Z';
  expect((await times('RRULE:FREQ=DAILY', second))[0]).toBe(second);
  expect(
    (
      await times('RRULE:FREQ=DAILY', '2026-03-28T01:30:00Z', { after: Date.parse('2026-03-28T12:00:00Z') })
    )[0],
  ).toBe('2026-03-30T00:30:00.000Z');
});

test('a rule of no sense is refused by its name', async () => {
  for (const line of ['RRULE:FREQ=SOMETIMES', 'RRULE:FREQ=DAILY;INTERVAL=0', 'RRULE:BYDAY=MO', 'nonsense']) {
    expect(await failure(days(line, '2026-11-29'))).toMatchObject({ field: 'recurrence' });
  }
  const two = ['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'];
  expect(await failure(days(two, '2026-11-29'))).toMatchObject({ field: 'recurrence' });
  expect(await failure(days('FREQ=DAILY', '2026-02-30'))).toMatchObject({ field: 'start' });
});

test.each([
  'RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE',
  'RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=4TH,-1FR;BYSETPOS=-1',
  'RRULE:FREQ=YEARLY;UNTIL=20301231T090000Z;BYMONTHDAY=-1,31;BYMONTH=2;BYWEEKNO=20;TT_SKIP=HOLIDAY,WEEKEND',
])('%s is read and written again', (text) => {
  const rule = parseRecurrenceRule(text);
  expect(rule && formatRecurrenceRule(rule)).toBe(text);
});

test('rules are data', () => {
  expect(parseRecurrenceRule('rrule:freq=monthly;bymonthday=1,-1;TT_WORKDAY=1')).toEqual({
    frequency: 'MONTHLY',
    byMonthDay: [1, -1],
    other: { TT_WORKDAY: '1' },
  });
  expect(formatRecurrenceRule({ frequency: 'DAILY', interval: 3 })).toBe('RRULE:FREQ=DAILY;INTERVAL=3');
  for (const other of ['ERULE:NAME=CUSTOM;BYDATE=20261101', 'LUNAR:FREQ=YEARLY', '', 'INTERVAL=2', 'FREQ=X'])
    expect(parseRecurrenceRule(other)).toBeUndefined();
});

test.each([
  [
    'BYYEARDAY=-275,-276,-277,-278,-279,-280,-281;BYDAY=MO',
    ['2014-03-31', '2015-03-30', '2016-03-28', '2017-03-27'],
  ],
  ['BYYEARDAY=-275,-276,-277,-278,-279,-280,-281;BYDAY=MO;COUNT=2', ['2014-03-31', '2015-03-30']],
  ['BYYEARDAY=90,91;BYDAY=SA,SU', ['2014-03-31', '2017-04-01', '2018-03-31', '2018-04-01']],
])('22.2: weekdays limit the days of a year: %s', async (rule, expected) => {
  expect(await days(`RRULE:FREQ=YEARLY;${rule}`, '2014-03-31')).toEqual(expected);
});

test('22.2: a count of limited days is counted from the start of the series', async () => {
  const rule = 'RRULE:FREQ=YEARLY;BYYEARDAY=90,91;BYDAY=SA,SU;COUNT=4';
  expect(await days(rule, '2014-03-31', { after: '2018-03-31' })).toEqual(['2018-04-01']);
});
