import { describe, expect, test } from 'vitest';
import { EVENTS, query, refusal, setUpCalendar, startsOf } from './calendar-support.ts';

const TIME_ZONE = 'America/New_York';

/** The first days of a series that begins on 2 September 1997 at 9:00 in New York, as RFC 5545 §3.8.5.3 has them. */
async function daysOf(rule: string, count: number, day = '1997-09-02'): Promise<string[]> {
  const { api } = setUpCalendar();
  const time = (hour: string): object => ({ dateTime: `${day}T${hour}:00:00`, timeZone: TIME_ZONE });
  const made = await api(`POST ${EVENTS}`, {
    id: 'series',
    start: time('09'),
    end: time('10'),
    recurrence: [`RRULE:${rule}`],
  });
  expect(made.status).toBe(200);
  const parameters = { maxResults: String(count), timeZone: TIME_ZONE };
  const starts = startsOf(await api(`GET ${EVENTS}/series/instances${query(parameters)}`));
  expect(starts.every((start) => start.slice(11, 19) === '09:00:00')).toBe(true);
  return starts.map((start) => start.slice(0, 10));
}

const RFC: [rule: string, days: string[], start?: string][] = [
  ['FREQ=DAILY;INTERVAL=10;COUNT=5', ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12']],
  ['FREQ=YEARLY;BYMONTH=1;BYDAY=SU,SA', ['1998-01-03', '1998-01-04', '1998-01-10'], '1998-01-03'],
  ['FREQ=DAILY;BYMONTH=1;COUNT=3', ['1998-01-01', '1998-01-02', '1998-01-03'], '1998-01-01'],
  [
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH;COUNT=4',
    ['1997-09-02', '1997-09-04', '1997-09-16', '1997-09-18'],
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
    ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    '1997-08-05',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
    ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    '1997-08-05',
  ],
  ['FREQ=MONTHLY;COUNT=3;BYDAY=1FR', ['1997-09-05', '1997-10-03', '1997-11-07'], '1997-09-05'],
  ['FREQ=MONTHLY;COUNT=3;BYDAY=4TH', ['1997-09-25', '1997-10-23', '1997-11-27'], '1997-09-25'],
  [
    'FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU',
    ['1997-09-07', '1997-09-28', '1997-11-02', '1997-11-30'],
    '1997-09-07',
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=-3', ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29'], '1997-09-28'],
  [
    'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1',
    ['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01'],
    '1997-09-30',
  ],
  ['FREQ=YEARLY;COUNT=4;BYMONTH=6,7', ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10'], '1997-06-10'],
  [
    'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=14,15;COUNT=3',
    ['1998-03-14', '1998-03-15', '1999-03-14'],
    '1998-03-14',
  ],
  [
    'FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200',
    ['1997-01-01', '1997-04-10', '1997-07-19', '2000-01-01'],
    '1997-01-01',
  ],
  ['FREQ=YEARLY;BYYEARDAY=-1;COUNT=2', ['1997-12-31', '1998-12-31'], '1997-12-31'],
  ['FREQ=YEARLY;BYDAY=20MO', ['1997-05-19', '1998-05-18', '1999-05-17'], '1997-05-19'],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', ['1997-05-12', '1998-05-11', '1999-05-17'], '1997-05-12'],
  ['FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR', ['1999-01-01', '2004-12-31', '2010-01-01'], '1999-01-01'],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH', ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05'], '1997-03-13'],
  [
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13'],
    '1998-02-13',
  ],
  [
    'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    ['1997-09-13', '1997-10-11', '1997-11-08'],
    '1997-09-13',
  ],
  [
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    ['1996-11-05', '2000-11-07', '2004-11-02'],
    '1996-11-05',
  ],
  [
    'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    ['1997-09-04', '1997-10-07', '1997-11-06'],
    '1997-09-04',
  ],
  [
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30'],
    '1997-09-29',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
    ['2007-01-15', '2007-01-30', '2007-02-15', '2007-03-15', '2007-03-30'],
    '2007-01-15',
  ],
  ['FREQ=YEARLY', ['2024-02-29', '2028-02-29', '2032-02-29'], '2024-02-29'],
];

describe('19.sandbox: the examples of RFC 5545', () => {
  test.each(RFC)('%s', async (rule, days, start) => {
    // The sandbox's clock stands in 2026; leap years lie beyond its two years of horizon.
    const found = await daysOf(rule, days.length, start);
    expect(found).toEqual(days.slice(0, found.length));
    expect(found.length).toBeGreaterThan(rule === 'FREQ=YEARLY' ? 0 : days.length - 1);
  });
});

async function timesOf(rule: string, count: number): Promise<string[]> {
  const { api } = setUpCalendar();
  const start = { dateTime: '1997-09-02T09:00:00', timeZone: TIME_ZONE };
  const end = { dateTime: '1997-09-02T09:10:00', timeZone: TIME_ZONE };
  await api(`POST ${EVENTS}`, { id: 'series', start, end, recurrence: [`RRULE:${rule}`] });
  const parameters = { maxResults: String(count), timeZone: TIME_ZONE, timeMax: '1997-10-01T00:00:00Z' };
  const starts = startsOf(await api(`GET ${EVENTS}/series/instances${query(parameters)}`));
  return starts.map((one) => one.slice(8, 16));
}

test.each([
  ['FREQ=HOURLY;INTERVAL=3;COUNT=3', ['02T09:00', '02T12:00', '02T15:00']],
  ['FREQ=MINUTELY;INTERVAL=90;COUNT=3', ['02T09:00', '02T10:30', '02T12:00']],
  [
    'FREQ=DAILY;BYHOUR=9,16;BYMINUTE=0,20;COUNT=5',
    ['02T09:00', '02T09:20', '02T16:00', '02T16:20', '03T09:00'],
  ],
  [
    'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=7',
    ['02T09:00', '02T09:20', '02T09:40', '02T10:00', '02T10:20', '02T10:40', '03T09:00'],
  ],
  [
    'FREQ=HOURLY;BYMINUTE=0,30;BYHOUR=9,10;COUNT=5',
    ['02T09:00', '02T09:30', '02T10:00', '02T10:30', '03T09:00'],
  ],
])('%s', async (rule, times) => {
  expect(await timesOf(rule, times.length)).toEqual(times);
});

test('an instance is found by its original start: a day in a series of days, an instant in any other', async () => {
  const { api } = setUpCalendar();
  const days = { start: { date: '2026-11-23' }, end: { date: '2026-11-24' } };
  const time = { dateTime: '2026-11-23T09:00:00', timeZone: TIME_ZONE };
  const recurrence = ['RRULE:FREQ=DAILY;COUNT=3'];
  await api(`POST ${EVENTS}`, { id: 'serie1', ...days, recurrence });
  await api(`POST ${EVENTS}`, { id: 'serie2', start: time, end: time, recurrence });
  const found = async (id: string, originalStart: string): Promise<number> =>
    startsOf(await api(`GET ${EVENTS}/${id}/instances${query({ originalStart })}`)).length;
  expect(await found('serie1', '2026-11-24')).toBe(1);
  expect(await found('serie1', '2026-11-30')).toBe(0);
  expect(await found('serie2', '2026-11-24')).toBe(0);
  expect(await found('serie2', '2026-11-24T14:00:00Z')).toBe(1);
  const odd = await api(`GET ${EVENTS}/serie2/instances${query({ originalStart: 'yesterday' })}`);
  expect(refusal(odd)).toBe('400 invalid');
});

test('EXRULE takes away what it matches, and RDATE can be a period', async () => {
  const { api } = setUpCalendar();
  await api(`POST ${EVENTS}`, {
    id: 'series',
    start: { date: '2026-11-23' },
    end: { date: '2026-11-24' },
    recurrence: [
      'RRULE:FREQ=DAILY;COUNT=5',
      'EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=3',
      'RDATE;VALUE=DATE:20261201',
    ],
  });
  expect(startsOf(await api(`GET ${EVENTS}/series/instances`))).toEqual([
    '2026-11-24',
    '2026-11-26',
    '2026-12-01',
  ]);
});

test.each([
  'FREQ=FORTNIGHTLY',
  'FREQ=WEEKLY;BYMONTHDAY=1',
  'FREQ=WEEKLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYWEEKNO=3',
  'FREQ=DAILY;BYYEARDAY=1',
  'FREQ=DAILY;BYSETPOS=1',
  'FREQ=DAILY;COUNT=2;UNTIL=20261231T000000Z',
  'FREQ=DAILY;COUNT=0',
  'FREQ=DAILY;FREQ=DAILY',
  'FREQ=MONTHLY;BYMONTHDAY=32',
  'FREQ=MONTHLY;BYDAY=0MO',
  'FREQ=YEARLY;BYMONTH=-1',
  'FREQ=DAILY;X-PART=1',
])('%s is refused', async (rule) => {
  const { api } = setUpCalendar();
  const start = { dateTime: '2026-11-23T09:00:00', timeZone: TIME_ZONE };
  const end = { dateTime: '2026-11-23T10:00:00', timeZone: TIME_ZONE };
  expect(refusal(await api(`POST ${EVENTS}`, { start, end, recurrence: [`RRULE:${rule}`] }))).toBe(
    '400 invalid',
  );
});
