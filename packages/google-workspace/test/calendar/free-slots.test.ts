import { type FreeSlotOptions, freeSlots } from '@context-sdk/google-workspace';
import { InvalidRequestError } from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';

const TIME_ZONE = 'Europe/Zurich';
const DAY = { from: '2026-11-23T00:00:00+01:00', to: '2026-11-24T00:00:00+01:00' };
const base: FreeSlotOptions = {
  ...DAY,
  timeZone: TIME_ZONE,
  busy: [],
  durationMinutes: 60,
  granularityMinutes: 60,
};

function clock(hours: string): string {
  return `2026-11-23T${hours}:00+01:00`;
}

function startsOf(options: Partial<FreeSlotOptions>): string[] {
  return freeSlots({ ...base, ...options }).slots.map(({ start }) => start.slice(11, 16));
}

describe('busy times', () => {
  const workingHours = { mon: [['09:00', '13:00']] } as const;

  test('in any order, overlapping, touching, within one another, and of no length', () => {
    const busy = [
      { start: clock('12:00'), end: clock('12:30') },
      { start: clock('09:30'), end: clock('10:00') },
      { start: clock('09:00'), end: clock('09:45') },
      { start: clock('09:10'), end: clock('09:20') },
      { start: clock('12:30'), end: new Date(clock('13:00')) },
      { start: clock('11:00'), end: clock('11:00') },
    ];
    expect(startsOf({ workingHours, busy })).toEqual(['10:00', '11:00']);
  });

  test('are half-open: a slot may begin where they end, and end where they begin', () => {
    const busy = [{ start: clock('10:00'), end: clock('11:00') }];
    expect(startsOf({ workingHours, busy })).toEqual(['09:00', '11:00', '12:00']);
  });

  test('keep their distance, and what lasts no time keeps none', () => {
    const busy = [
      { start: clock('10:00'), end: clock('11:00') },
      { start: clock('12:30'), end: clock('12:30') },
    ];
    const starts = startsOf({
      workingHours,
      busy,
      bufferMinutes: 10,
      granularityMinutes: 15,
      durationMinutes: 30,
    });
    expect(starts).toEqual(['09:00', '09:15', '11:15', '11:30', '11:45', '12:00', '12:15', '12:30']);
  });
});

describe('working hours', () => {
  test('are those of the zone, and days that are left out have none', () => {
    const week = { from: '2026-11-20T00:00:00Z', to: '2026-11-25T00:00:00Z' };
    const workingHours = {
      mon: [
        ['09:00', '10:00'],
        ['15:00', '16:00'],
      ],
      fri: [['22:00', '24:00']],
      tue: [],
    } as const;
    const { slots } = freeSlots({ ...base, ...week, timeZone: 'America/New_York', workingHours });
    expect(slots.map(({ start }) => start)).toEqual([
      '2026-11-20T22:00:00-05:00',
      '2026-11-20T23:00:00-05:00',
      '2026-11-23T09:00:00-05:00',
      '2026-11-23T15:00:00-05:00',
    ]);
  });

  test('go on over midnight where one day ends and the next begins with them', () => {
    const workingHours = { mon: [['22:00', '24:00']], tue: [['00:00', '02:00']] } as const;
    const range = { from: DAY.from, to: '2026-11-25T00:00:00+01:00' };
    expect(startsOf({ ...range, workingHours, durationMinutes: 180 })).toEqual(['22:00', '23:00']);
  });

  test('without any, the day has all of its hours', () => {
    expect(startsOf({})).toHaveLength(24);
  });
});

describe('starts', () => {
  test('stand on multiples of the granularity after midnight, not after the gap', () => {
    const range = { from: clock('09:07'), to: clock('10:30') };
    expect(startsOf({ ...range, granularityMinutes: 20, durationMinutes: 30 })).toEqual([
      '09:20',
      '09:40',
      '10:00',
    ]);
  });

  test('begin anew every midnight where the day is no multiple', () => {
    const range = { from: clock('22:00'), to: '2026-11-24T02:00:00+01:00' };
    expect(startsOf({ ...range, granularityMinutes: 50, durationMinutes: 10 })).toEqual([
      '22:30',
      '23:20',
      '00:00',
      '00:50',
      '01:40',
    ]);
  });

  test('in a zone half an hour off they are round there', () => {
    const { slots } = freeSlots({ ...base, timeZone: 'Asia/Kolkata', to: clock('03:00') });
    expect(slots.map(({ start }) => start)).toEqual([
      '2026-11-23T05:00:00+05:30',
      '2026-11-23T06:00:00+05:30',
    ]);
  });

  test('stop at the limit; the longest gap is told all the same', () => {
    const busy = [{ start: clock('01:00'), end: clock('02:00') }];
    const { slots, longestGap } = freeSlots({ ...base, busy, limit: 1 });
    expect(slots).toHaveLength(1);
    expect(longestGap).toEqual({ start: clock('02:00'), end: '2026-11-24T00:00:00+01:00' });
  });

  test('are none where nothing is long enough; the longest gap says how short it is', () => {
    const busy = [{ start: clock('00:45'), end: '2026-11-23T23:30:00+01:00' }];
    expect(freeSlots({ ...base, busy })).toEqual({
      slots: [],
      longestGap: { start: clock('00:00'), end: clock('00:45') },
    });
    expect(freeSlots({ ...base, busy: [{ start: DAY.from, end: DAY.to }] })).toEqual({ slots: [] });
  });

  test('in UTC they are written +00:00', () => {
    expect(freeSlots({ ...base, timeZone: 'UTC', limit: 1 }).slots[0]?.start).toBe(
      '2026-11-22T23:00:00+00:00',
    );
  });
});

/** From the evening before to the evening after, with working hours in the night. */
const SHIFTS: [
  name: string,
  zone: string,
  from: string,
  to: string,
  night: [string, string],
  starts: string[],
][] = [
  [
    'forward by an hour',
    'Europe/Zurich',
    '2026-03-28T22:00:00Z',
    '2026-03-29T22:00:00Z',
    ['00:00', '05:00'],
    ['00:00:00+01:00', '01:00:00+01:00', '03:00:00+02:00', '04:00:00+02:00'],
  ],
  [
    'back by an hour',
    'Europe/Zurich',
    '2026-10-24T22:00:00Z',
    '2026-10-25T22:00:00Z',
    ['00:00', '04:00'],
    ['00:00:00+02:00', '01:00:00+02:00', '02:00:00+02:00', '02:00:00+01:00', '03:00:00+01:00'],
  ],
  [
    'forward by half an hour',
    'Australia/Lord_Howe',
    '2026-10-03T12:00:00Z',
    '2026-10-04T12:00:00Z',
    ['00:00', '05:00'],
    ['00:00:00+10:30', '01:00:00+10:30', '03:00:00+11:00', '04:00:00+11:00'],
  ],
  [
    'back by half an hour',
    'Australia/Lord_Howe',
    '2026-04-04T12:00:00Z',
    '2026-04-05T12:00:00Z',
    ['00:00', '04:00'],
    ['00:00:00+11:00', '01:00:00+11:00', '02:00:00+10:30', '03:00:00+10:30'],
  ],
  [
    'forward at midnight',
    'America/Santiago',
    '2026-09-06T01:00:00Z',
    '2026-09-06T20:00:00Z',
    ['00:00', '03:00'],
    ['01:00:00-03:00', '02:00:00-03:00'],
  ],
  [
    'back at midnight',
    'America/Santiago',
    '2026-04-05T01:00:00Z',
    '2026-04-05T20:00:00Z',
    ['00:00', '02:00'],
    ['00:00:00-04:00', '01:00:00-04:00'],
  ],
  [
    'forward at midnight',
    'Africa/Cairo',
    '2026-04-23T20:00:00Z',
    '2026-04-24T12:00:00Z',
    ['00:00', '03:00'],
    ['01:00:00+03:00', '02:00:00+03:00'],
  ],
  [
    'back at midnight',
    'Africa/Cairo',
    '2026-10-29T19:00:00Z',
    '2026-10-30T12:00:00Z',
    ['00:00', '02:00'],
    ['00:00:00+02:00', '01:00:00+02:00'],
  ],
];

test.each(SHIFTS)('when the clocks go %s in %s', (_name, zone, from, to, night, starts) => {
  const everyDay = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [name, [night]]),
  );
  const { slots } = freeSlots({ ...base, timeZone: zone, from, to, workingHours: everyDay });
  expect(slots.map(({ start }) => start.slice(11))).toEqual(starts);
  for (const { start, end } of slots) expect(Date.parse(end) - Date.parse(start)).toBe(3_600_000);
});

test('nine in the morning is nine all year long', () => {
  const year = { from: '2026-01-01T00:00:00+01:00', to: '2027-01-01T00:00:00+01:00' };
  const { slots } = freeSlots({ ...base, ...year, workingHours: { sun: [['09:00', '10:00']] } });
  expect(slots).toHaveLength(52);
  expect(new Set(slots.map(({ start }) => start.slice(11)))).toEqual(
    new Set(['09:00:00+01:00', '09:00:00+02:00']),
  );
  expect(slots.filter(({ start }) => start.endsWith('+02:00'))).toHaveLength(30);
});

test('the hour that comes twice at the end of a day belongs to that day', () => {
  const { slots } = freeSlots({
    ...base,
    timeZone: 'America/Santiago',
    from: '2026-04-05T00:00:00Z',
    to: '2026-04-05T12:00:00Z',
    workingHours: { sat: [['23:00', '24:00']] },
  });
  expect(slots.map(({ start }) => start)).toEqual(['2026-04-04T23:00:00-03:00', '2026-04-04T23:00:00-04:00']);
});

test('clocks of long ago, whose offset had seconds, name the right instant', () => {
  const range = { from: '1965-01-01T00:00:00Z', to: '1965-01-01T03:00:00Z' };
  const { slots } = freeSlots({ ...base, ...range, timeZone: 'Africa/Monrovia', limit: 1 });
  // 00:44:30 behind UTC.
  expect(new Date(String(slots[0]?.start)).toISOString()).toBe('1965-01-01T00:44:30.000Z');
});

const refused: [field: string, options: object][] = [
  ['durationMinutes', { durationMinutes: 0 }],
  ['durationMinutes', { durationMinutes: 1.5 }],
  ['durationMinutes', { durationMinutes: 10_081 }],
  ['bufferMinutes', { bufferMinutes: -1 }],
  ['granularityMinutes', { granularityMinutes: 0 }],
  ['granularityMinutes', { granularityMinutes: 1441 }],
  ['limit', { limit: 0 }],
  ['timeZone', { timeZone: undefined }],
  ['to', { to: DAY.from }],
  ['busy', { busy: undefined }],
  ['busy[0]', { busy: [null] }],
  [
    'busy[1].start',
    {
      busy: [
        { start: clock('09:00'), end: clock('10:00') },
        { start: '09:00', end: '10:00' },
      ],
    },
  ],
  ['busy[0].end', { busy: [{ start: clock('10:00'), end: clock('09:00') }] }],
  ['workingHours.Mon', { workingHours: { Mon: [['09:00', '10:00']] } }],
  ['workingHours.mon', { workingHours: { mon: '09:00-10:00' } }],
  ['workingHours.mon[0]', { workingHours: { mon: [['09:00']] } }],
  ['workingHours.mon[0]', { workingHours: { mon: [['22:00', '02:00']] } }],
  ['workingHours.mon[0]', { workingHours: { mon: [['09:00', '09:00']] } }],
  [
    'workingHours.mon[1][0]',
    {
      workingHours: {
        mon: [
          ['09:00', '10:00'],
          ['9', '10:00'],
        ],
      },
    },
  ],
  ['workingHours.mon[0][1]', { workingHours: { mon: [['09:00', '24:01']] } }],
];

test.each(refused)('names %s of %j', (field, options) => {
  const call = (): unknown => freeSlots({ ...base, ...options });
  expect(call).toThrow(InvalidRequestError);
  expect(call).toThrow(expect.objectContaining({ field }) as Error);
});

test('a night is refused with the way to write it', () => {
  const call = (): unknown => freeSlots({ ...base, workingHours: { fri: [['22:00', '02:00']] } });
  expect(call).toThrow(/split a night at 24:00/);
});
