import { failure, type SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, plainHour } from './times.ts';

const server = useSandbox();
const MONDAY = { from: '2026-11-23T00:00:00+01:00', to: '2026-11-24T00:00:00+01:00' };
const TEAM = 'team@example.com';

describe('19.8: a group in free/busy', () => {
  test('is busy when any member is, and names its members', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const other = user.addCalendar({ id: 'room@example.com', summary: 'Room' });
    user.addGroup(TEAM, ['ada@example.com', other.id]);
    await calendar.events.create(hour(9));
    user.addEvent(plainHour(11), other.id);
    const answer = await calendar.freeBusy.query({ ...MONDAY, calendarIds: [TEAM] });
    expect(answer).toEqual({
      [TEAM]: {
        busy: [
          { start: '2026-11-23T08:00:00Z', end: '2026-11-23T09:00:00Z' },
          { start: '2026-11-23T10:00:00Z', end: '2026-11-23T11:00:00Z' },
        ],
        members: {
          'ada@example.com': { busy: [{ start: '2026-11-23T08:00:00Z', end: '2026-11-23T09:00:00Z' }] },
          [other.id]: { busy: [{ start: '2026-11-23T10:00:00Z', end: '2026-11-23T11:00:00Z' }] },
        },
      },
    });
  });

  test("shows a member's errors, and is then unknown", async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.google.testUser().calendar.addGroup(TEAM, ['ada@example.com', 'nobody@example.org']);
    const query = { ...MONDAY, calendarIds: [TEAM] };
    expect((await calendar.freeBusy.query(query))[TEAM]).toEqual({
      errors: ['notFound'],
      members: { 'ada@example.com': { busy: [] }, 'nobody@example.org': { errors: ['notFound'] } },
    });
    const slots = { ...query, timeZone: 'Europe/Zurich', durationMinutes: 60 };
    const unknown = [{ calendarId: 'nobody@example.org', groupId: TEAM, errors: ['notFound'] }];
    expect(await calendar.freeBusy.findSlots(slots)).toEqual({ slots: [], unknown });
    const despite = await calendar.freeBusy.findSlots({ ...slots, despiteUnknown: true });
    expect(despite.unknown).toEqual(unknown);
    expect(despite.slots.length).toBeGreaterThan(0);
  });

  test('of more than 50 members is looked up in parts', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const members = Array.from({ length: 70 }, (_, index) => `member${index}@example.com`);
    for (const id of members) user.addCalendar({ id, summary: id });
    user.addGroup(TEAM, members);
    user.addEvent(plainHour(9), members.at(-1));
    const { [TEAM]: team } = await calendar.freeBusy.query({ ...MONDAY, calendarIds: [TEAM] });
    expect(team?.busy).toEqual([{ start: '2026-11-23T08:00:00Z', end: '2026-11-23T09:00:00Z' }]);
    expect(Object.keys(team?.members ?? {})).toEqual(members);
  });

  test('that is larger than asked for is unknown', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.google.testUser().calendar.addGroup(TEAM, ['ada@example.com', 'grace@example.com']);
    const query = { ...MONDAY, calendarIds: ['primary', TEAM], groupExpansionMax: 1 };
    expect(await calendar.freeBusy.query(query)).toEqual({
      primary: { busy: [] },
      [TEAM]: { errors: ['groupTooBig'], members: {} },
    });
    const slots = { ...query, timeZone: 'Europe/Zurich', durationMinutes: 60 };
    expect(await calendar.freeBusy.findSlots(slots)).toEqual({
      slots: [],
      unknown: [{ calendarId: TEAM, errors: ['groupTooBig'] }],
    });
  });

  test('of which alone is asked, and which has no calendars', async () => {
    const groups = { [TEAM]: { errors: [{ reason: 'groupTooBig' }] } };
    const { client } = clientOf([{ groups }]);
    const known = await client.freeBusy.query({ ...MONDAY, calendarIds: [TEAM] });
    expect(known).toEqual({ [TEAM]: { errors: ['groupTooBig'], members: {} } });
    const nothing = clientOf([{}]);
    expect(await failure(nothing.client.freeBusy.query({ ...MONDAY, calendarIds: [TEAM] }))).toMatchObject({
      code: 'unexpected_response',
    });
  });

  test('whose members can’t all be read is unknown', async () => {
    const groups = { [TEAM]: { calendars: ['ada@example.com', null] } };
    const { client } = clientOf([{ groups, calendars: { 'ada@example.com': { busy: [] } } }]);
    const known = await client.freeBusy.query({ ...MONDAY, calendarIds: [TEAM] });
    expect(known).toMatchObject({ [TEAM]: { errors: ['unreadable'] } });
  });

  test.each([0, 101, 1.5])('groupExpansionMax %d is refused', async (groupExpansionMax) => {
    const { client, requests } = clientOf([{ calendars: {} }]);
    expect(await failure(client.freeBusy.query({ ...MONDAY, groupExpansionMax }))).toMatchObject({
      field: 'groupExpansionMax',
    });
    expect(requests).toEqual([]);
  });
});

describe('19.4: a calendar with odd busy times costs no other', () => {
  const good = { busy: [{ start: '2026-11-23T08:00:00Z', end: '2026-11-23T09:00:00Z' }] };
  const times = (start: unknown, end: unknown): object => ({ busy: [{ start, end }] });
  const odd: [name: string, calendar: unknown][] = [
    ['no list', { busy: 'no' }],
    ['errors that are no list', { busy: [], errors: 7 }],
    ['no times', { busy: [{}] }],
    ['no period', { busy: [null] }],
    ['a text', times('soon', 'later')],
    ['a day that is none', times('0000-00-00T00:00:00Z', '2026-11-23T09:00:00Z')],
    ['an end before the start', times('2026-11-23T09:00:00Z', '2026-11-23T08:00:00Z')],
  ];

  test.each(odd)('%s is unknown', async (_name, calendar) => {
    const { client } = clientOf([
      ({ json }: SentRequest) => {
        const { items } = json as { items: { id: string }[] };
        return { calendars: Object.fromEntries(items.map(({ id }) => [id, id === 'odd' ? calendar : good])) };
      },
    ]);
    const answer = await client.freeBusy.query({ ...MONDAY, calendarIds: ['a', 'odd', 'b'] });
    expect(answer).toEqual({ a: good, odd: { errors: ['unreadable'] }, b: good });
  });

  test('a year after 9999 and a time without an offset are read', async () => {
    const calendar = times('2026-11-23T08:00:00', '10000-01-01T00:00:00Z');
    const { client } = clientOf([{ calendars: { primary: calendar } }]);
    expect(await client.freeBusy.query(MONDAY)).toEqual({
      primary: { busy: [{ start: '2026-11-23T08:00:00Z', end: '9999-12-31T00:00:00Z' }] },
    });
  });
});
