import {
  allDay,
  type FreeSlotOptions,
  freeSlots,
  GmailClient,
  GoogleCalendarClient,
  InvalidRequestError,
  type Mail,
} from '@context-sdk/google-workspace';
import { answering, failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { hour, QUIET } from './calendar/times.ts';

interface Clients {
  calendar: GoogleCalendarClient;
  gmail: GmailClient;
}

/** A method that accepts a time, the field of its input, and a call with that field. */
type TimeInput = [method: string, field: string, call: (clients: Clients, value: never) => unknown];

const FROM = '2026-11-23T00:00:00Z';
const TO = '2026-11-24T00:00:00Z';
const RANGE = { from: FROM, to: TO };
const SLOTS: FreeSlotOptions = { ...RANGE, durationMinutes: 30, timeZone: 'Europe/Zurich', busy: [] };

function mail(date: never): Mail {
  return { to: 'grace@example.com', subject: 'x', date };
}

const INSTANTS: TimeInput[] = [
  ['events.list', 'timeMin', ({ calendar }, timeMin) => calendar.events.list({ timeMin }).toArray()],
  ['events.list', 'timeMax', ({ calendar }, timeMax) => calendar.events.list({ timeMax }).toArray()],
  ['events.list', 'updatedMin', ({ calendar }, updatedMin) => calendar.events.list({ updatedMin }).toArray()],
  [
    'events.instances',
    'timeMin',
    ({ calendar }, timeMin) => calendar.events.instances('e', { timeMin }).toArray(),
  ],
  [
    'events.instances',
    'timeMax',
    ({ calendar }, timeMax) => calendar.events.instances('e', { timeMax }).toArray(),
  ],
  [
    'events.instances',
    'originalStart',
    ({ calendar }, originalStart) => calendar.events.instances('e', { originalStart }).toArray(),
  ],
  ['freeBusy.query', 'from', ({ calendar }, from) => calendar.freeBusy.query({ ...RANGE, from })],
  ['freeBusy.query', 'to', ({ calendar }, to) => calendar.freeBusy.query({ ...RANGE, to })],
  ['freeBusy.findSlots', 'from', ({ calendar }, from) => calendar.freeBusy.findSlots({ ...SLOTS, from })],
  ['freeBusy.findSlots', 'to', ({ calendar }, to) => calendar.freeBusy.findSlots({ ...SLOTS, to })],
  ['freeSlots', 'from', (_, from) => freeSlots({ ...SLOTS, from })],
  ['freeSlots', 'to', (_, to) => freeSlots({ ...SLOTS, to })],
  ['freeSlots', 'busy[0].start', (_, start) => freeSlots({ ...SLOTS, busy: [{ start, end: TO }] })],
  ['freeSlots', 'busy[0].end', (_, end) => freeSlots({ ...SLOTS, busy: [{ start: FROM, end }] })],
  ['drafts.create', 'date', ({ gmail }, date) => gmail.drafts.create(mail(date))],
  ['drafts.update', 'date', ({ gmail }, date) => gmail.drafts.update('d', mail(date))],
  ['messages.send', 'date', ({ gmail }, date) => gmail.messages.send(mail(date))],
];

/** Times of events, which may follow the clocks of their zone instead of having an offset. */
const EVENT_TIMES: TimeInput[] = (['start', 'end'] as const).flatMap((name): TimeInput[] => {
  const change = (time: object) => ({ ...hour(9), [name]: time });
  const field = `${name}.dateTime`;
  return [
    ['events.create', field, ({ calendar }, dateTime) => calendar.events.create(change({ dateTime }))],
    [
      'events.patch',
      field,
      ({ calendar }, dateTime) => calendar.events.patch('e', { [name]: { dateTime } }, QUIET),
    ],
    [
      'events.replace',
      field,
      ({ calendar }, dateTime) => calendar.events.replace('e', change({ dateTime }), QUIET),
    ],
  ];
});

const EVENT_DAYS: TimeInput[] = (['start', 'end'] as const).flatMap((name): TimeInput[] => {
  const change = (time: object) => ({ ...hour(9), [name]: time });
  const field = `${name}.date`;
  return [
    ['events.create', field, ({ calendar }, date) => calendar.events.create(change({ date }))],
    ['events.patch', field, ({ calendar }, date) => calendar.events.patch('e', { [name]: { date } }, QUIET)],
    ['events.replace', field, ({ calendar }, date) => calendar.events.replace('e', change({ date }), QUIET)],
  ];
});

const DAYS: TimeInput[] = [
  ...EVENT_DAYS,
  ['allDay', 'first', (_, first) => allDay(first)],
  ['allDay', 'last', (_, last) => allDay('2026-11-23', last)],
];

const EVENT_ZONES: TimeInput[] = (['start', 'end'] as const).flatMap((name): TimeInput[] => {
  const inZone = (timeZone: never) => ({ dateTime: '2026-11-23T09:00:00', timeZone });
  const change = (timeZone: never) => ({ ...hour(9), [name]: inZone(timeZone) });
  const field = `${name}.timeZone`;
  return [
    ['events.create', field, ({ calendar }, zone) => calendar.events.create(change(zone))],
    [
      'events.patch',
      field,
      ({ calendar }, zone) => calendar.events.patch('e', { [name]: inZone(zone) }, QUIET),
    ],
    ['events.replace', field, ({ calendar }, zone) => calendar.events.replace('e', change(zone), QUIET)],
  ];
});

const ZONES: TimeInput[] = [
  ...EVENT_ZONES,
  ['events.get', 'timeZone', ({ calendar }, timeZone) => calendar.events.get('e', { timeZone })],
  ['events.find', 'timeZone', ({ calendar }, timeZone) => calendar.events.find('e', { timeZone })],
  ['events.list', 'timeZone', ({ calendar }, timeZone) => calendar.events.list({ timeZone }).toArray()],
  [
    'events.instances',
    'timeZone',
    ({ calendar }, timeZone) => calendar.events.instances('e', { timeZone }).toArray(),
  ],
  ['events.sync', 'timeZone', ({ calendar }, timeZone) => calendar.events.sync(undefined, { timeZone })],
  ['freeBusy.query', 'timeZone', ({ calendar }, timeZone) => calendar.freeBusy.query({ ...RANGE, timeZone })],
  [
    'freeBusy.findSlots',
    'timeZone',
    ({ calendar }, timeZone) => calendar.freeBusy.findSlots({ ...SLOTS, timeZone }),
  ],
  ['freeSlots', 'timeZone', (_, timeZone) => freeSlots({ ...SLOTS, timeZone })],
];

const WRONG_INSTANTS: unknown[] = [
  '2026-02-30T10:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T10:00:00+0100',
  '2026-11-23T10:00:00+24:00',
  '2026-11-23 10:00:00Z',
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
  20_261_123,
];
const WRONG_ZONES: unknown[] = ['+01:00', 'Europe/Atlantis', 'CET+1', '', 60];

async function refusal([, , call]: TimeInput, value: unknown): Promise<{ error: unknown; sent: number }> {
  const { fetch, requests } = answering({ id: 'e' });
  const options = { auth: 'token', fetch, limits: [] };
  const clients = { calendar: new GoogleCalendarClient(options), gmail: new GmailClient(options) };
  const error = await failure((async () => call(clients, value as never))());
  return { error, sent: requests.length };
}

describe.each([
  ['instants', [...INSTANTS, ...EVENT_TIMES], WRONG_INSTANTS],
  ['instants without an offset', INSTANTS, ['2026-11-23T10:00:00', '2026-11-23T10:00']],
  ['days', DAYS, WRONG_DAYS],
  ['time zones', ZONES, WRONG_ZONES],
] as const)('wrong %s', (_kind, inputs, values) => {
  test.each(inputs.map((one) => [one[0], one[1], one] as const))(
    '%s refuses them and names %s',
    async (_method, field, one) => {
      for (const value of values) {
        const { error, sent } = await refusal(one, value);
        expect(error, String(value)).toBeInstanceOf(InvalidRequestError);
        expect({ value, field: (error as InvalidRequestError).field, sent }).toEqual({
          value,
          field,
          sent: 0,
        });
      }
    },
  );
});

test.each(EVENT_TIMES)('%s accepts %s without an offset only with a zone', async (...one) => {
  const { error } = await refusal(one, '2026-11-23T10:00:00');
  expect(error).toMatchObject({ field: one[1].replace('dateTime', 'timeZone') });
});
