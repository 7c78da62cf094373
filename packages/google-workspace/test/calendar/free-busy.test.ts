import type { FindSlotsQuery, FreeBusyQuery } from '@context-sdk/google-workspace';
import { failure, type SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { fixture, hasFixtures, skipped } from '../support/fixtures.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour } from './times.ts';

const server = useSandbox();
const MONDAY = { from: '2026-11-23T00:00:00+01:00', to: '2026-11-24T00:00:00+01:00' };
const TIME_ZONE = 'Europe/Zurich';

interface Body {
  timeMin: string;
  timeMax: string;
  items: { id: string }[];
}

describe('query', () => {
  test("the guide's question: when is the user busy", async () => {
    const { calendar } = await server.start(EMPTY);
    await calendar.events.create(hour(9));
    await calendar.events.create(hour(10));
    await calendar.events.create(hour(12));
    const { primary } = await calendar.freeBusy.query({ ...MONDAY, timeZone: TIME_ZONE });
    expect(primary?.busy).toEqual([
      { start: '2026-11-23T09:00:00+01:00', end: '2026-11-23T11:00:00+01:00' },
      { start: '2026-11-23T12:00:00+01:00', end: '2026-11-23T13:00:00+01:00' },
    ]);
    const inUtc = await calendar.freeBusy.query({ from: new Date(MONDAY.from), to: new Date(MONDAY.to) });
    expect(inUtc['primary']?.busy?.[1]).toEqual({
      start: '2026-11-23T11:00:00Z',
      end: '2026-11-23T12:00:00Z',
    });
  });

  test('a calendar that Google can not answer for is unknown, not free', async () => {
    const { calendar } = await server.start(EMPTY);
    const calendarIds = ['primary', 'nobody@example.org'];
    const answer = await calendar.freeBusy.query({ ...MONDAY, calendarIds });
    expect(answer['primary']).toEqual({ busy: [] });
    expect(answer['nobody@example.org']).toEqual({ errors: ['notFound'] });
  });

  test('a calendar that the answer leaves out is unknown, whatever its name', async () => {
    const { client } = clientOf([{ calendars: {} }]);
    const answer = await client.freeBusy.query({ ...MONDAY, calendarIds: ['a', 'constructor'] });
    expect(answer).toEqual({ a: { errors: ['notAnswered'] }, constructor: { errors: ['notAnswered'] } });
  });

  test.skipIf(!hasFixtures)(`reads Google's own answer${skipped}`, async () => {
    const { client } = clientOf([fixture('calendar-freebusy-response-with-errors.json') as object]);
    const calendarIds = ['a@example.com', 'missing@example.com'];
    expect(await client.freeBusy.query({ ...MONDAY, calendarIds })).toEqual({
      'a@example.com': { busy: [{ start: '2026-11-23T09:00:00Z', end: '2026-11-23T10:00:00Z' }] },
      'missing@example.com': { errors: ['notFound'] },
    });
  });

  test('asks for 50 calendars and 60 days at a time, and puts together what was cut', async () => {
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' };
    const border = '2026-03-02T00:00:00.000Z';
    const answer = ({ json }: SentRequest): object => {
      const { timeMin, timeMax, items } = json as Body;
      const busy = [
        ...(timeMax === border ? [{ start: '2026-03-01T22:00:00Z', end: border }] : []),
        ...(timeMin === border ? [{ start: border, end: '2026-03-02T01:00:00Z' }] : []),
      ];
      const errors = timeMin === border ? [{ reason: 'internalError' }] : [];
      const known = items.map(({ id }) => [id, id === 'c60' ? { busy, errors } : { busy }]);
      return { calendars: Object.fromEntries(known) };
    };
    const { client, requests } = clientOf([answer]);
    const calendarIds = Array.from({ length: 61 }, (_, index) => `c${index}`);
    const result = await client.freeBusy.query({ ...range, calendarIds: [...calendarIds, 'c0'] });
    expect(requests).toHaveLength(6);
    const bodies = requests.map(({ json }) => json as Body);
    expect(bodies.map(({ items }) => items.length)).toEqual([50, 50, 50, 11, 11, 11]);
    expect(bodies.slice(0, 3).map(({ timeMin, timeMax }) => [timeMin, timeMax])).toEqual([
      ['2026-01-01T00:00:00.000Z', border],
      [border, '2026-05-01T00:00:00.000Z'],
      ['2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'],
    ]);
    expect(result['c0']).toEqual({ busy: [{ start: '2026-03-01T22:00:00Z', end: '2026-03-02T01:00:00Z' }] });
    expect(result['c60']).toEqual({ errors: ['internalError'] });
  });

  const refused: [field: string, query: object][] = [
    ['to', { from: MONDAY.to, to: MONDAY.from }],
    ['to', { from: MONDAY.from, to: MONDAY.from }],
    ['to', { from: MONDAY.from, to: '2036-01-01T00:00:00Z' }],
    ['from', { ...MONDAY, from: '2026-11-23T00:00:00' }],
    ['from', { to: MONDAY.to }],
    ['timeZone', { ...MONDAY, timeZone: 'Nowhere' }],
    ['calendarIds', { ...MONDAY, calendarIds: [] }],
    ['calendarIds[1]', { ...MONDAY, calendarIds: ['a', ''] }],
  ];

  test.each(refused)('names %s of %j', async (field, query) => {
    const { client, requests } = clientOf([{ calendars: {} }]);
    expect(await failure(client.freeBusy.query(query as FreeBusyQuery))).toMatchObject({ field });
    expect(requests).toEqual([]);
  });

  test('an answer without calendars is an error, not free time', async () => {
    const { client } = clientOf([{}]);
    expect(await failure(client.freeBusy.query(MONDAY))).toMatchObject({
      code: 'unexpected_response',
      field: 'calendars',
    });
  });
});

describe('findSlots', () => {
  const wanted: FindSlotsQuery = {
    ...MONDAY,
    timeZone: TIME_ZONE,
    durationMinutes: 60,
    granularityMinutes: 30,
    workingHours: { mon: [['09:00', '12:00']] },
  };

  test('finds room beside what is busy, ready to be an event', async () => {
    const { calendar } = await server.start(EMPTY);
    await calendar.events.create(hour(10));
    const { slots, unknown, longestGap } = await calendar.freeBusy.findSlots(wanted);
    expect(slots).toEqual([
      { start: '2026-11-23T09:00:00+01:00', end: '2026-11-23T10:00:00+01:00' },
      { start: '2026-11-23T11:00:00+01:00', end: '2026-11-23T12:00:00+01:00' },
    ]);
    expect(unknown).toEqual([]);
    expect(longestGap).toEqual(slots[0]);
    const [slot] = slots;
    const start = { dateTime: String(slot?.start), timeZone: TIME_ZONE };
    const end = { dateTime: String(slot?.end), timeZone: TIME_ZONE };
    await calendar.events.create({ summary: 'Task', start, end });
    expect((await calendar.freeBusy.findSlots({ ...wanted, limit: 1 })).slots).toEqual(slots.slice(1));
  });

  test('has no slots while a calendar is unknown, unless that is asked for', async () => {
    const { calendar } = await server.start(EMPTY);
    const query = { ...wanted, calendarIds: ['primary', 'nobody@example.org'] };
    const unknown = [{ calendarId: 'nobody@example.org', errors: ['notFound'] }];
    expect(await calendar.freeBusy.findSlots(query)).toEqual({ slots: [], unknown });
    const some = await calendar.freeBusy.findSlots({ ...query, despiteUnknown: true });
    expect(some).toMatchObject({ unknown, slots: { length: 5 } });
  });

  test('keeps the buffer to what is busy right outside the range', async () => {
    const { calendar } = await server.start(EMPTY);
    await calendar.events.create(hour(8));
    const range = { from: '2026-11-23T09:00:00+01:00', to: '2026-11-23T12:00:00+01:00' };
    const { slots } = await calendar.freeBusy.findSlots({ ...wanted, ...range, bufferMinutes: 30 });
    expect(slots[0]?.start).toBe('2026-11-23T09:30:00+01:00');
  });
});
