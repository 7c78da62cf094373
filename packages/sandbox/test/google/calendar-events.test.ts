import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, textOf } from '../support.ts';
import { calendarApi, EVENTS, meeting, refusal, setUpCalendar } from './calendar-support.ts';

test('a sequence that the event has passed is refused, whatever writes it', async () => {
  const { api } = setUpCalendar({ google: { secondImport: 'updates' } });
  const { json } = await api(`POST ${EVENTS}/import`, meeting({ iCalUID: 'abc@other.example' }));
  const path = `${EVENTS}/${idOf(json)}`;
  const later = { start: { dateTime: '2026-11-24T09:30:00', timeZone: 'Europe/Berlin' } };
  expect((await api(`PATCH ${path}`, { ...later, sequence: 4 })).json).toMatchObject({ sequence: 5 });
  for (const route of [`PATCH ${path}`, `PUT ${path}`, `POST ${EVENTS}/import`]) {
    const old = await api(route, meeting({ iCalUID: 'abc@other.example', sequence: 4 }));
    expect([refusal(old), old.text.includes('Invalid sequence value.')]).toEqual(['400 invalid', true]);
  }
  expect((await api(`PUT ${path}`, meeting({ ...later, sequence: 5 }))).json).toMatchObject({ sequence: 5 });
});

describe('a new event', () => {
  test('is answered with what Google adds', async () => {
    const { api } = setUpCalendar();
    const { status, json } = await api(`POST ${EVENTS}`, meeting({ id: 'abc123', description: 'Why' }));
    expect(status).toBe(200);
    expect(json).toEqual({
      kind: 'calendar#event',
      etag: '"3500000000000002"',
      id: 'abc123',
      status: 'confirmed',
      htmlLink: 'https://www.google.com/calendar/event?eid=abc123',
      created: '2026-11-22T10:00:00.000Z',
      updated: '2026-11-22T10:00:00.000Z',
      summary: 'Meeting',
      description: 'Why',
      creator: { email: 'ada@example.com', displayName: 'Ada Okonkwo', self: true },
      organizer: { email: 'ada@example.com', displayName: 'Ada Okonkwo', self: true },
      start: { dateTime: '2026-11-24T09:00:00+01:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2026-11-24T10:00:00+01:00', timeZone: 'Europe/Berlin' },
      iCalUID: 'abc123@google.com',
      sequence: 0,
      reminders: { useDefault: true },
      eventType: 'default',
    });
  });

  test('gets an id of its own where the client has none', async () => {
    const { api } = setUpCalendar();
    const [first, second] = [await api(`POST ${EVENTS}`, meeting()), await api(`POST ${EVENTS}`, meeting())];
    expect(idOf(first.json)).toMatch(/^[a-v0-9]{26}$/);
    expect(idOf(second.json)).not.toBe(idOf(first.json));
  });

  test.each(['ABCDE', 'abcd', 'wxyzw', 'with-dash'])('may not be called %s', async (id) => {
    const answer = await setUpCalendar().api(`POST ${EVENTS}`, meeting({ id }));
    expect(refusal(answer)).toBe('400 invalid');
    expect(textOf(fieldsOf(answer.json)['error'], 'message')).toBe('Invalid resource id value.');
  });

  test('may bring an id or an iCalUID, not both', async () => {
    const { api } = setUpCalendar();
    const both = meeting({ id: 'abcde', iCalUID: 'x@example.com' });
    expect(refusal(await api(`POST ${EVENTS}`, both))).toBe('400 invalid');
    expect((await api(`POST ${EVENTS}`, meeting({ iCalUID: 'x@example.com' }))).status).toBe(200);
    expect(refusal(await api(`POST ${EVENTS}`, meeting({ iCalUID: 'x@example.com' })))).toBe('409 duplicate');
  });

  test('cannot take an id that was ever used on the calendar, and can on another', async () => {
    const { api, calendar } = setUpCalendar();
    const other = calendar.addCalendar({ summary: 'Other' });
    calendar.addEvent(meeting({ id: 'taken1' }));
    expect(refusal(await api(`POST ${EVENTS}`, meeting({ id: 'taken1' })))).toBe('409 duplicate');
    calendar.deleteEvent('taken1');
    expect(refusal(await api(`POST ${EVENTS}`, meeting({ id: 'taken1' })))).toBe('409 duplicate');
    const elsewhere = await api(`POST /calendars/${other.id}/events`, meeting({ id: 'taken1' }));
    expect(elsewhere.status).toBe(200);
  });

  test('has a body of JSON', async () => {
    const { api } = setUpCalendar();
    expect(refusal(await api(`POST ${EVENTS}`, 'text', { 'content-type': 'text/plain' }))).toBe(
      '400 parseError',
    );
    expect(refusal(await api(`POST ${EVENTS}`))).toBe('400 required');
  });
});

const DAY = { date: '2026-12-25' };
const MORNING = { dateTime: '2026-11-24T09:00:00+01:00' };

describe('start and end', () => {
  test.each([
    ['a day, whose end is exclusive', DAY, { date: '2026-12-26' }],
    ['times with offsets', MORNING, { dateTime: '2026-11-24T10:00:00+01:00' }],
    ['one instant, without a length', MORNING, MORNING],
    ['times in different offsets', MORNING, { dateTime: '2026-11-24T08:30:00Z' }],
  ])('may be %s', async (_, start, end) => {
    expect((await setUpCalendar().api(`POST ${EVENTS}`, { start, end })).status).toBe(200);
  });

  test.each([
    ['no end', MORNING, undefined, '400 required'],
    ['no start', undefined, MORNING, '400 required'],
    ['an empty start', {}, MORNING, '400 required'],
    ['a day and a time', DAY, MORNING, '400 invalid'],
    ['both in one', { ...DAY, ...MORNING }, MORNING, '400 invalid'],
    ['a time without offset and zone', { dateTime: '2026-11-24T08:00:00' }, MORNING, '400 required'],
    ['a zone that is none', { ...MORNING, timeZone: 'Berlin' }, MORNING, '400 invalid'],
    ['a day that does not exist', { date: '2026-02-30' }, { date: '2026-03-03' }, '400 invalid'],
    ['a time that does not exist', { dateTime: '2026-11-24T25:00:00Z' }, MORNING, '400 invalid'],
    ['an end before the start', MORNING, { dateTime: '2026-11-24T07:00:00Z' }, '400 timeRangeEmpty'],
    ['an inclusive last day', DAY, DAY, '400 timeRangeEmpty'],
  ])('may not be %s', async (_, start, end, expected) => {
    expect(refusal(await setUpCalendar().api(`POST ${EVENTS}`, { start, end }))).toBe(expected);
  });

  test('are answered in the zone of the calendar, or in the one asked for, and keep their own', async () => {
    const { api } = setUpCalendar();
    const start = { dateTime: '2026-11-24T09:00:00', timeZone: 'America/New_York' };
    const end = { dateTime: '2026-11-24T10:00:00', timeZone: 'America/New_York' };
    const { json } = await api(`POST ${EVENTS}`, { start, end });
    expect(fieldsOf(json)['start']).toEqual({
      dateTime: '2026-11-24T15:00:00+01:00',
      timeZone: 'America/New_York',
    });
    const inTokyo = await api(`GET ${EVENTS}/${idOf(json)}?timeZone=Asia/Tokyo`);
    expect(textOf(fieldsOf(inTokyo.json)['end'], 'dateTime')).toBe('2026-11-25T00:00:00+09:00');
    const nowhere = await api(`GET ${EVENTS}/${idOf(json)}?timeZone=Atlantis`);
    expect(refusal(nowhere)).toBe('400 invalid');
  });
});

describe('19.11: types', () => {
  const christmas = { start: DAY, end: { date: '2026-12-26' } };
  const timed = { ...MORNING, timeZone: 'Europe/Berlin' };
  const birthday = { ...christmas, eventType: 'birthday', recurrence: ['RRULE:FREQ=YEARLY'] };
  const home = {
    eventType: 'workingLocation',
    transparency: 'transparent',
    visibility: 'public',
    workingLocationProperties: { type: 'homeOffice', homeOffice: {} },
  };

  test.each([
    ['out of office for whole days', { ...christmas, eventType: 'outOfOffice' }],
    ['focus time of whole days', { ...christmas, eventType: 'focusTime' }],
    ["an event of Gmail's own", { start: MORNING, end: MORNING, eventType: 'fromGmail' }],
    ['a birthday that does not recur', { ...christmas, eventType: 'birthday' }],
    ['a birthday of every week', { ...christmas, eventType: 'birthday', recurrence: ['RRULE:FREQ=WEEKLY'] }],
    [
      'a birthday at a time',
      { start: timed, end: timed, eventType: 'birthday', recurrence: ['RRULE:FREQ=YEARLY'] },
    ],
    ['UNTIL as a time, all day', { ...christmas, recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261231T000000Z'] }],
    ['a birthday that others see', { ...birthday, visibility: 'public' }],
    ['a birthday of two days', { ...birthday, end: { date: '2026-12-28' } }],
    ['a working location that blocks time', { ...christmas, ...home, transparency: 'opaque' }],
    ['a private working location', { ...christmas, ...home, visibility: 'private' }],
    ['a working location of two days', { ...home, start: DAY, end: { date: '2026-12-28' } }],
  ])('may not be %s', async (_, event) => {
    expect(refusal(await setUpCalendar().api(`POST ${EVENTS}`, event))).toBe('400 invalid');
  });

  test('a working location has a day, or any time, and says what it is; so it stays', async () => {
    const { api } = setUpCalendar();
    const { workingLocationProperties: _, ...nowhere } = home;
    expect(refusal(await api(`POST ${EVENTS}`, { ...christmas, ...nowhere }))).toBe('400 required');
    const { json } = await api(`POST ${EVENTS}`, { ...christmas, ...home });
    expect(fieldsOf(json)).toMatchObject(home);
    expect(refusal(await api(`PATCH ${EVENTS}/${idOf(json)}`, { visibility: 'private' }))).toBe(
      '400 invalid',
    );
    expect((await api(`POST ${EVENTS}`, { ...home, start: MORNING, end: MORNING })).status).toBe(200);
  });
});

test('19.11: out of office lives on a primary calendar, and is not moved from it', async () => {
  const { api, calendar } = setUpCalendar();
  const { id } = calendar.addCalendar({ summary: 'Team' });
  const event = { start: MORNING, end: MORNING, eventType: 'outOfOffice' };
  expect(refusal(await api(`POST /calendars/${encodeURIComponent(id)}/events`, event))).toBe('400 invalid');
  const { json } = await api(`POST ${EVENTS}`, event);
  const moved = await api(`POST ${EVENTS}/${idOf(json)}/move?destination=${encodeURIComponent(id)}`);
  expect(refusal(moved)).toBe('400 eventTypeRestriction');
});

describe('fields', () => {
  test.each([
    ['attendees without an address', { attendees: [{ displayName: 'Kim' }] }, '400 required'],
    ['an address that is none', { attendees: [{ email: 'kim' }] }, '400 invalid'],
    ['an unknown response', { attendees: [{ email: 'k@x.de', responseStatus: 'maybe' }] }, '400 invalid'],
    ['a reminder past four weeks', reminders({ method: 'popup', minutes: 40_321 }), '400 invalid'],
    ['a reminder after the start', reminders({ method: 'popup', minutes: -1 }), '400 invalid'],
    ['a reminder by pigeon', reminders({ method: 'pigeon', minutes: 5 }), '400 invalid'],
    [
      'default reminders and others',
      { reminders: { useDefault: true, overrides: [{ method: 'popup', minutes: 5 }] } },
      '400 cannotUseDefaultRemindersAndSpecifyOverride',
    ],
    ['a property that is no text', { extendedProperties: { private: { a: 1 } } }, '400 invalid'],
    ['a title that is no text', { summary: 7 }, '400 invalid'],
    ['an unknown transparency', { transparency: 'foggy' }, '400 invalid'],
    ['an unknown status', { status: 'maybe' }, '400 invalid'],
  ])('refuses %s', async (_, fields, expected) => {
    expect(refusal(await setUpCalendar().api(`POST ${EVENTS}`, meeting(fields)))).toBe(expected);
  });

  test('passes what the sandbox does not follow, and ignores what nobody knows or may write', async () => {
    const { api } = setUpCalendar();
    const known = { guestsCanModify: true, source: { title: 'Wiki', url: 'https://wiki.example.com/1' } };
    const ignored = { brandNew: 1, htmlLink: 'https://evil.example.com', created: '2001-01-01T00:00:00Z' };
    const { json } = await api(`POST ${EVENTS}`, meeting({ ...known, ...ignored }));
    expect(json).toMatchObject({ ...known, created: '2026-11-22T10:00:00.000Z' });
    expect(json).not.toHaveProperty('brandNew');
    expect(textOf(json, 'htmlLink')).not.toContain('evil');
  });

  test('marks the organizer and oneself among the attendees', async () => {
    const { api } = setUpCalendar();
    const attendees = [
      { email: 'ada@example.com', responseStatus: 'accepted' },
      { email: 'kim@example.org' },
    ];
    const { json } = await api(`POST ${EVENTS}`, meeting({ attendees }));
    expect(fieldsOf(json)['attendees']).toEqual([
      { email: 'ada@example.com', responseStatus: 'accepted', organizer: true, self: true },
      { email: 'kim@example.org', responseStatus: 'needsAction' },
    ]);
    const short = await api(`GET ${EVENTS}/${idOf(json)}?maxAttendees=1`);
    expect(short.json).toMatchObject({ attendees: [{ email: 'ada@example.com' }], attendeesOmitted: true });
  });
});

describe('etags', () => {
  test('change with the event; If-Match guards writes, If-None-Match spares reads', async () => {
    const { api, calendar } = setUpCalendar();
    const { id, etag } = calendar.addEvent(meeting());
    const path = `${EVENTS}/${id}`;
    const unchanged = await api(`GET ${path}`, undefined, { 'if-none-match': etag });
    expect(unchanged).toMatchObject({ status: 304, text: '' });
    const patched = await api(`PATCH ${path}`, { summary: 'New' }, { 'if-match': etag });
    expect(patched.status).toBe(200);
    expect(textOf(patched.json, 'etag')).not.toBe(etag);
    for (const route of [`PATCH ${path}`, `PUT ${path}`]) {
      expect(refusal(await api(route, meeting(), { 'if-match': etag }))).toBe('412 conditionNotMet');
    }
    expect(refusal(await api(`DELETE ${path}`, undefined, { 'if-match': etag }))).toBe('412 conditionNotMet');
    expect((await api(`GET ${path}`, undefined, { 'if-none-match': etag })).status).toBe(200);
    expect((await api(`DELETE ${path}`, undefined, { 'if-match': '*' })).status).toBe(204);
  });
});

describe('calendars', () => {
  test('of others are not found; those one only reads cannot be written to', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Team', accessRole: 'reader' });
    const event = calendar.addEvent(meeting(), id);
    expect(refusal(await api('GET /calendars/grace@example.com/events'))).toBe('404 notFound');
    const path = `/calendars/${id}/events`;
    expect((await api(`GET ${path}/${event.id}`)).status).toBe(200);
    for (const route of [`POST ${path}`, `PATCH ${path}/${event.id}`, `DELETE ${path}/${event.id}`]) {
      expect(refusal(await api(route, meeting()))).toBe('403 forbidden');
    }
  });

  test('of which one sees only free and busy show no more', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Boss', accessRole: 'freeBusyReader' });
    const event = calendar.addEvent(meeting({ summary: 'Secret' }), id);
    const { text } = await api(`GET /calendars/${id}/events/${event.id}`);
    expect(text).toContain('2026-11-24T09:00:00+01:00');
    expect(text).not.toContain('Secret');
  });

  test('can be listed, page by page and by role', async () => {
    const { api, calendar } = setUpCalendar();
    calendar.addCalendar({ summary: 'Team', accessRole: 'reader', timeZone: 'Asia/Tokyo' });
    const first = await api('GET /users/me/calendarList?maxResults=1');
    expect(first.json).toMatchObject({ items: [{ id: 'ada@example.com', primary: true }] });
    const token = textOf(first.json, 'nextPageToken');
    const second = await api(`GET /users/me/calendarList?maxResults=1&pageToken=${token}`);
    expect(second.json).toMatchObject({ items: [{ summary: 'Team', accessRole: 'reader' }] });
    expect(second.json).not.toHaveProperty('nextPageToken');
    const writable = await api('GET /users/me/calendarList?minAccessRole=writer');
    expect(writable.json).toMatchObject({ items: [{ accessRole: 'owner' }] });
  });

  test('have days that begin where the clocks leap over midnight', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Chile', timeZone: 'America/Santiago' });
    calendar.addEvent({ start: { date: '2026-09-05' }, end: { date: '2026-09-06' } }, id);
    const range = { timeMin: '2026-09-04T00:00:00Z', timeMax: '2026-09-08T00:00:00Z' };
    const { json } = await api('POST /freeBusy', { ...range, items: [{ id }] });
    const busy = [{ start: '2026-09-05T04:00:00Z', end: '2026-09-06T04:00:00Z' }];
    expect(json).toMatchObject({ calendars: { [id]: { busy } } });
  });

  test('say their zone in three places', async () => {
    const { api } = setUpCalendar();
    const zone = { timeZone: 'Europe/Berlin' };
    expect((await api('GET /users/me/calendarList/primary')).json).toMatchObject(zone);
    expect((await api('GET /calendars/primary')).json).toMatchObject({ id: 'ada@example.com', ...zone });
    expect((await api('GET /users/me/settings/timezone')).json).toMatchObject({ value: 'Europe/Berlin' });
  });

  test('need a scope, and the right one', async () => {
    const { sandbox } = setUpCalendar();
    const scopes = ['https://www.googleapis.com/auth/calendar.readonly'];
    const api = calendarApi(sandbox, { scopes });
    expect((await api(`GET ${EVENTS}`)).status).toBe(200);
    const answer = await api(`POST ${EVENTS}`, meeting());
    expect(refusal(answer)).toBe('403 insufficientPermissions');
    expect(answer.json).toMatchObject({
      error: {
        status: 'PERMISSION_DENIED',
        details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', domain: 'googleapis.com' }],
      },
    });
  });
});

function reminders(override: { method: string; minutes: number }): {
  reminders: { useDefault: boolean; overrides: { method: string; minutes: number }[] };
} {
  return { reminders: { useDefault: false, overrides: [override] } };
}
