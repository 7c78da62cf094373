import type { SandboxOptions } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { idOf } from '../support.ts';
import { calendarApi, EVENTS, meeting, query, refusal, setUpCalendar } from './calendar-support.ts';

const GRACE = 'grace@example.com';

function setUp(options: SandboxOptions = {}) {
  const { sandbox, api, calendar } = setUpCalendar(options);
  const grace = calendarApi(sandbox, { account: GRACE });
  const invited = meeting({ id: 'meeting1', attendees: [{ email: GRACE }, { email: 'noor@example.org' }] });
  return { sandbox, api, calendar, grace, invited };
}

describe('19.sandbox: invitations', () => {
  test('reach the other account under the same iCalUID, and answers flow back', async () => {
    const { api, grace, invited } = setUp();
    await api(`POST ${EVENTS}`, invited);
    const copy = await grace(`GET ${EVENTS}/meeting1`);
    expect(copy.json).toMatchObject({
      iCalUID: 'meeting1@google.com',
      organizer: { email: 'ada@example.com' },
      attendees: [{ email: GRACE, self: true, responseStatus: 'needsAction' }, { email: 'noor@example.org' }],
    });
    const attendees = [
      { email: GRACE, responseStatus: 'accepted', comment: 'Gladly' },
      { email: 'noor@example.org' },
    ];
    await grace(`PATCH ${EVENTS}/meeting1`, { attendees });
    expect((await api(`GET ${EVENTS}/meeting1`)).json).toMatchObject({
      attendees: [{ email: GRACE, responseStatus: 'accepted', comment: 'Gladly' }, {}],
    });
  });

  test("follow the organizer's changes, and keep what is the guest's own", async () => {
    const { api, grace, invited } = setUp();
    await api(`POST ${EVENTS}`, {
      ...invited,
      extendedProperties: { private: { a: '1' }, shared: { b: '2' } },
    });
    await grace(`PATCH ${EVENTS}/meeting1`, { colorId: '3', extendedProperties: { private: { mine: '1' } } });
    await api(`PATCH ${EVENTS}/meeting1`, { summary: 'Later' });
    expect((await grace(`GET ${EVENTS}/meeting1`)).json).toMatchObject({
      summary: 'Later',
      colorId: '3',
      extendedProperties: { private: { mine: '1' }, shared: { b: '2' } },
    });
    await api(`DELETE ${EVENTS}/meeting1`);
    expect((await grace(`GET ${EVENTS}/meeting1`)).json).toMatchObject({ status: 'cancelled' });
  });

  test('a guest who deletes the copy declines, and one who is uninvited has none', async () => {
    const { api, grace, invited } = setUp();
    await api(`POST ${EVENTS}`, invited);
    await grace(`DELETE ${EVENTS}/meeting1`);
    expect((await api(`GET ${EVENTS}/meeting1`)).json).toMatchObject({
      status: 'confirmed',
      attendees: [{ email: GRACE, responseStatus: 'declined' }, {}],
    });
    await api(`POST ${EVENTS}`, { ...invited, id: 'meeting2' });
    await api(`PATCH ${EVENTS}/meeting2`, { attendees: [{ email: 'noor@example.org' }] });
    expect((await grace(`GET ${EVENTS}/meeting2`)).json).toMatchObject({ status: 'cancelled' });
  });

  test('an answer to one instance of a series is an exception for both', async () => {
    const { api, grace, invited } = setUp();
    await api(`POST ${EVENTS}`, { ...invited, recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] });
    const id = 'meeting1_20261125T080000Z';
    const attendees = [{ email: GRACE, responseStatus: 'declined' }, { email: 'noor@example.org' }];
    expect((await grace(`PATCH ${EVENTS}/${id}`, { attendees })).status).toBe(200);
    expect((await api(`GET ${EVENTS}/${id}`)).json).toMatchObject({
      attendees: [{ email: GRACE, responseStatus: 'declined' }, {}],
    });
    expect((await api(`GET ${EVENTS}/meeting1`)).json).toMatchObject({
      attendees: [{ email: GRACE, responseStatus: 'needsAction' }, {}],
    });
  });
});

describe('19.sandbox: import', () => {
  const imported = meeting({ iCalUID: 'abc@other.example', organizer: { email: 'eve@other.example' } });

  test('adds a private copy, once, even if it was deleted', async () => {
    const { api } = setUp();
    const first = await api(`POST ${EVENTS}/import`, imported);
    expect(refusal(await api(`POST ${EVENTS}/import`, { ...imported, sequence: 3 }))).toBe('409 duplicate');
    await api(`DELETE ${EVENTS}/${idOf(first.json)}`);
    expect(refusal(await api(`POST ${EVENTS}/import`, imported))).toBe('409 duplicate');
  });

  test('adds a private copy, and brings it up to date the second time', async () => {
    const { api, calendar, grace } = setUp({ google: { secondImport: 'updates' } });
    const first = await api(`POST ${EVENTS}/import`, { ...imported, attendees: [{ email: GRACE }] });
    expect(first.json).toMatchObject({
      iCalUID: 'abc@other.example',
      organizer: { email: 'eve@other.example' },
    });
    await api(`POST ${EVENTS}/import`, { ...imported, summary: 'New' });
    expect(calendar.events()).toMatchObject([{ summary: 'New' }]);
    expect(calendar.sentMail()).toEqual([]);
    expect(((await grace(`GET ${EVENTS}`)).json as { items: unknown[] }).items).toEqual([]);
  });

  test('needs an iCalUID and the default type', async () => {
    const { api } = setUp();
    expect(refusal(await api(`POST ${EVENTS}/import`, meeting()))).toBe('400 required');
    const focus = { ...imported, eventType: 'focusTime' };
    expect(refusal(await api(`POST ${EVENTS}/import`, focus))).toBe('400 eventTypeRestriction');
  });
});

describe('19.sandbox: quickAdd', () => {
  const day = (date: string, next: string) => ({ start: { date }, end: { date: next } });
  const time = (from: string, to: string) => ({ start: { dateTime: from }, end: { dateTime: to } });

  test.each([
    [
      'Appointment at Somewhere on June 3rd 10am-10:25am',
      'Appointment at Somewhere',
      time('2027-06-03T10:00:00+02:00', '2027-06-03T10:25:00+02:00'),
    ],
    ['Lunch tomorrow at 12:30', 'Lunch', time('2026-11-24T12:30:00+01:00', '2026-11-24T13:30:00+01:00')],
    ['Lunch on friday at 1pm', 'Lunch', time('2026-11-27T13:00:00+01:00', '2026-11-27T14:00:00+01:00')],
    ['Holiday 2026-12-24', 'Holiday', day('2026-12-24', '2026-12-25')],
    ['Room 12', 'Room 12', day('2026-11-23', '2026-11-24')],
  ])('%s', async (text, summary, times) => {
    const { api } = setUpCalendar({ clock: { now: () => Date.parse('2026-11-23T08:00:00Z') } });
    const made = await api(`POST ${EVENTS}/quickAdd${query({ text })}`);
    expect(made.json).toMatchObject({ summary, ...times });
  });

  test('needs a text', async () => {
    const { api } = setUp();
    expect(refusal(await api(`POST ${EVENTS}/quickAdd${query({ text: ' ' })}`))).toBe('400 required');
  });
});
