import { allDay, type NewEventInput } from '@context-sdk/google-workspace';
import { InvalidRequestError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from './client-of.ts';
import { hour, QUIET } from './times.ts';

const ZURICH = 'Europe/Zurich';
const NINE = '2026-11-23T09:00:00+01:00';
const TEN = '2026-11-23T10:00:00+01:00';

function times(start: unknown, end: unknown, more: object = {}): object {
  return { start, end, ...more };
}

const DAILY = 'RRULE:FREQ=DAILY';
const refused: [field: string, problem: string, event: unknown][] = [
  ['event', 'no object', null],
  ['start', 'missing', { end: { dateTime: TEN } }],
  ['start', 'with neither', times({}, { dateTime: TEN })],
  ['start', 'with both', times({ date: '2026-11-23', dateTime: NINE }, { dateTime: TEN })],
  ['start.dateTime', 'without sense', times({ dateTime: 'tomorrow' }, { dateTime: TEN })],
  ['start.dateTime', 'on a day that is none', times({ dateTime: '2026-02-30T09:00:00Z' }, { dateTime: TEN })],
  ['start.dateTime', 'at 24:00', times({ dateTime: '2026-11-22T24:00:00Z' }, { dateTime: TEN })],
  ['start.dateTime', 'an invalid Date', times({ dateTime: new Date(Number.NaN) }, { dateTime: TEN })],
  ['start.timeZone', 'without offset or zone', times({ dateTime: '2026-11-23T09:00:00' }, { dateTime: TEN })],
  ['start.timeZone', 'in no zone', times({ dateTime: NINE, timeZone: 'Europe/Atlantis' }, { dateTime: TEN })],
  ['start.timeZone', 'in an offset', times({ dateTime: NINE, timeZone: '+01:00' }, { dateTime: TEN })],
  ['start.date', 'no day', times({ date: '2026-13-01' }, { date: '2026-13-02' })],
  ['end', 'timed while start is all day', times({ date: '2026-11-23' }, { dateTime: TEN })],
  ['end', 'all day while start is timed', times({ dateTime: NINE }, { date: '2026-11-24' })],
  ['end', 'before start', times({ dateTime: TEN }, { dateTime: NINE })],
  ['end', 'the day itself', times({ date: '2026-12-24' }, { date: '2026-12-24' })],
  [
    'start.timeZone',
    'recurring without a zone',
    times({ dateTime: NINE }, { dateTime: TEN }, { recurrence: ['RRULE:FREQ=DAILY'] }),
  ],
  [
    'end.timeZone',
    'recurring without a zone at its end',
    times({ dateTime: NINE, timeZone: ZURICH }, { dateTime: TEN }, { recurrence: ['RRULE:FREQ=DAILY'] }),
  ],
  ['recurrence[0]', 'DTSTART', { ...hour(9), recurrence: ['DTSTART:20261123T090000Z'] }],
  ['recurrence[0]', 'two lines in one', { ...hour(9), recurrence: ['RRULE:FREQ=DAILY\r\nEXDATE:20261124'] }],
  ['recurrence', 'no list', { ...hour(9), recurrence: 'RRULE:FREQ=DAILY' }],
  [
    'reminders.overrides[1].minutes',
    'over four weeks',
    {
      ...hour(9),
      reminders: {
        useDefault: false,
        overrides: [
          { method: 'popup', minutes: 40_320 },
          { method: 'popup', minutes: 40_321 },
        ],
      },
    },
  ],
  [
    'reminders.overrides[0].minutes',
    'negative',
    { ...hour(9), reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: -1 }] } },
  ],
  [
    'reminders.overrides[0].method',
    'missing',
    { ...hour(9), reminders: { useDefault: false, overrides: [{ minutes: 1 }] } },
  ],
  [
    'reminders.overrides',
    'six',
    {
      ...hour(9),
      reminders: {
        useDefault: false,
        overrides: Array.from({ length: 6 }, () => ({ method: 'popup', minutes: 1 })),
      },
    },
  ],
  [
    'reminders.useDefault',
    'with overrides',
    { ...hour(9), reminders: { useDefault: true, overrides: [{ method: 'popup', minutes: 1 }] } },
  ],
  [
    'attendees[1].email',
    'missing',
    { ...hour(9), attendees: [{ email: 'a@example.com' }, { displayName: 'B' }] },
  ],
  [
    'attachments',
    'over 25',
    { ...hour(9), attachments: Array.from({ length: 26 }, () => ({ fileUrl: 'https://x' })) },
  ],
  ['attachments[0].fileUrl', 'missing', { ...hour(9), attachments: [{ title: 'x' }] }],
  [
    'conferenceData.createRequest.requestId',
    'missing',
    { ...hour(9), conferenceData: { createRequest: {} } },
  ],
  ['extendedProperties.private.a', 'not a text', { ...hour(9), extendedProperties: { private: { a: 1 } } }],
  [
    'extendedProperties.shared.a',
    'too long',
    { ...hour(9), extendedProperties: { shared: { a: 'x'.repeat(1025) } } },
  ],
  [
    `extendedProperties.shared.${'n'.repeat(45)}`,
    'long-named',
    { ...hour(9), extendedProperties: { shared: { ['n'.repeat(45)]: '' } } },
  ],
  ['start', 'all day, out of office', { ...allDay('2026-12-24'), eventType: 'outOfOffice' }],
  ['start', 'all day, focusing', { ...allDay('2026-12-24'), eventType: 'focusTime' }],
  ['eventType', "Gmail's own", { ...hour(9), eventType: 'fromGmail' }],
  ['recurrence', 'missing for a birthday', { ...allDay('2026-12-24'), eventType: 'birthday' }],
  [
    'recurrence',
    'weekly for a birthday',
    { ...allDay('2026-12-24'), eventType: 'birthday', recurrence: ['RRULE:FREQ=WEEKLY'] },
  ],
  [
    'start',
    'a time for a birthday',
    { ...hour(9), eventType: 'birthday', recurrence: ['RRULE:FREQ=YEARLY'] },
  ],
  [
    'recurrence[0]',
    'until a time, all day',
    { ...allDay('2026-12-24'), recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261231T000000Z'] },
  ],
  ['recurrence[0]', 'until a day, timed', { ...hour(9), recurrence: ['RRULE:UNTIL=20261231;FREQ=DAILY'] }],
  [
    'recurrence[0]',
    'until what clocks show',
    { ...hour(9), recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261231T090000'] },
  ],
  [
    'recurrence[1]',
    'an exception until a day',
    { ...hour(9), recurrence: [DAILY, 'EXRULE:FREQ=WEEKLY;UNTIL=20261231'] },
  ],
  ['recurrence[0]', 'a rule of nothing', { ...hour(9), recurrence: ['RRULE:COUNT=3'] }],
  [
    'recurrence[0]',
    'a rule with two ends',
    { ...hour(9), recurrence: ['RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261231T080000Z'] },
  ],
  ['summary', 'no text', { ...hour(9), summary: 7 }],
  ['id', 'not base32hex', { ...hour(9), id: 'zzzzz' }],
  ['iCalUID', 'beside our id', { ...hour(9), iCalUID: 'a@b' }],
];

const HOME = {
  ...allDay('2026-12-24'),
  eventType: 'workingLocation',
  transparency: 'transparent',
  visibility: 'public',
  workingLocationProperties: { type: 'homeOffice' },
} as const;
const BIRTHDAY = {
  ...allDay('2026-12-24'),
  eventType: 'birthday',
  recurrence: ['RRULE:FREQ=YEARLY'],
};

const refusedTypes: typeof refused = [
  ['transparency', 'left out', { ...HOME, transparency: undefined }],
  ['transparency', 'opaque', { ...HOME, transparency: 'opaque' }],
  ['visibility', 'left out', { ...HOME, visibility: undefined }],
  ['visibility', 'private', { ...HOME, visibility: 'private' }],
  ['end', 'two days later', { ...HOME, ...allDay('2026-12-24', '2026-12-25') }],
  ['workingLocationProperties.type', 'left out', { ...HOME, workingLocationProperties: undefined }],
  ['visibility', 'public for a birthday', { ...BIRTHDAY, visibility: 'public' }],
  ['transparency', 'opaque for a birthday', { ...BIRTHDAY, transparency: 'opaque' }],
  ['end', 'two days after a birthday', { ...BIRTHDAY, ...allDay('2026-12-24', '2026-12-25') }],
];

test.each([...refused, ...refusedTypes])('19.11: names %s: %s', async (field, _problem, event) => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  const error = await failure(client.events.create(event as NewEventInput, QUIET));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ field, service: 'google-calendar' });
  expect(requests).toEqual([]);
});

test.each([{ eventType: 'outOfOffice' }, { eventType: 'focusTime' }, HOME])(
  '19.11: $eventType lives on the primary calendar',
  async (type) => {
    const { client, requests } = clientOf([{ id: 'a1b2c' }]);
    const event = { ...hour(9), ...type };
    const team = { calendarId: 'team@group.calendar.google.com' };
    expect(await failure(client.events.create(event, team))).toMatchObject({ field: 'calendarId' });
    const outcomes = await client.events.createMany([event], team);
    expect(outcomes).toMatchObject([{ status: 'failed', error: { field: 'calendarId' } }]);
    expect(requests).toEqual([]);
    for (const calendarId of ['primary', 'ada@example.com'])
      await client.events.create(event, { calendarId });
    expect(requests).toHaveLength(2);
  },
);

test('19.11: what can not be is refused in bulk, in changes and in replacements, too', async () => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  const until = { ...hour(9), recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261231'] };
  const days = { ...allDay('2026-12-24'), eventType: 'focusTime' } as const;
  for (const [event, field] of [
    [until, 'recurrence[0]'],
    [days, 'start'],
  ] as const) {
    expect(await failure(client.events.patch('a1b2c', event, QUIET))).toMatchObject({ field });
    expect(await failure(client.events.replace('a1b2c', event, QUIET))).toMatchObject({ field });
    const outcomes = [
      ...(await client.events.createMany([event])),
      ...(await client.events.patchMany([{ id: 'a1b2c', changes: event }], QUIET)),
    ];
    expect(outcomes.map((one) => 'error' in one && one.error)).toMatchObject([{ field }, { field }]);
  }
  expect(requests).toEqual([]);
});

test('19.11: a working location stays what it is, whatever changes', async () => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  const { transparency: _, ...whole } = HOME;
  expect(await failure(client.events.replace('a1b2c', whole, QUIET))).toMatchObject({
    field: 'transparency',
  });
  const changes = { eventType: 'workingLocation', visibility: 'private' };
  expect(await failure(client.events.patch('a1b2c', changes, QUIET))).toMatchObject({ field: 'visibility' });
  expect(requests).toEqual([]);
  await client.events.patch('a1b2c', { eventType: 'workingLocation', summary: 'Home' }, QUIET);
  await client.events.replace('a1b2c', HOME, QUIET);
  expect(requests).toHaveLength(2);
});

const accepted: [string, unknown][] = [
  ['a working location of a day', HOME],
  ['a working location at a time', { ...HOME, ...hour(9) }],
  ['a birthday', BIRTHDAY],
  ['an event without a length', times({ dateTime: NINE }, { dateTime: NINE })],
  [
    'one without a length by zones',
    times({ dateTime: NINE }, { dateTime: '2026-11-23T08:00:00', timeZone: 'UTC' }),
  ],
  ['UNTIL as a time', { ...hour(9), recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261231T080000Z'] }],
  ['UNTIL as a day', { ...allDay('2026-12-24'), recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261231'] }],
  ['minutes without seconds', times({ dateTime: '2026-11-23T09:00', timeZone: ZURICH }, { dateTime: TEN })],
  [
    'zones that make the end later',
    times({ dateTime: NINE }, { dateTime: '2026-11-23T08:30:00', timeZone: 'UTC' }),
  ],
  [
    'the night in which the clocks go back',
    times({ dateTime: '2026-10-25T02:30:00+02:00' }, { dateTime: '2026-10-25T02:15:00+01:00' }),
  ],
  ['recurring all-day events without a zone', { ...allDay('2026-12-24'), recurrence: ['RRULE:FREQ=YEARLY'] }],
  [
    'rules with parameters',
    { ...hour(9), recurrence: ['RRULE:FREQ=DAILY', 'EXDATE;TZID=Europe/Zurich:20261124T090000'] },
  ],
];

test.each(accepted)('takes %s', async (_name, event) => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  await client.events.create(event as NewEventInput);
  expect(requests).toHaveLength(1);
});

test('key and id are not both taken, and no empty key', async () => {
  const { client } = clientOf([{ id: 'a1b2c' }]);
  expect(await failure(client.events.create(hour(9, { id: 'host0001' }), { key: 'k' }))).toMatchObject({
    field: 'key',
  });
  expect(await failure(client.events.create(hour(9), { key: '' }))).toMatchObject({ field: 'key' });
});

test('an all-day event ends on the day after its last', () => {
  expect(allDay('2026-12-31')).toEqual({ start: { date: '2026-12-31' }, end: { date: '2027-01-01' } });
  expect(allDay('2026-12-24', '2026-12-26').end).toEqual({ date: '2026-12-27' });
  expect(() => allDay('2026-12-24', '2026-12-23')).toThrow(InvalidRequestError);
  expect(() => allDay('24.12.2026')).toThrow(InvalidRequestError);
});

test.each(['', '.', '..', 'a\nb', '\uD800', 'x'.repeat(1025)])(
  'the id %j never gets into a path',
  async (id) => {
    const { client, requests } = clientOf([{ id: 'a1b2c' }]);
    expect(await failure(client.events.get(id))).toMatchObject({ field: 'eventId' });
    expect(await failure(client.events.get('a1b2c', { calendarId: id }))).toMatchObject({
      field: 'calendarId',
    });
    expect(await failure(client.calendars.get(id))).toMatchObject({ field: 'calendarId' });
    expect(requests).toEqual([]);
  },
);
