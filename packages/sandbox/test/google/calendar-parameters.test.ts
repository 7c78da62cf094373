import { expect, test } from 'vitest';
import { eachOf, EVENTS, itemsOf, meeting, query, refusal, setUpCalendar } from './calendar-support.ts';

const MASKS: [mask: string, expected: object][] = [
  ['id', { id: 'meeting1' }],
  ['id,status', { id: 'meeting1', status: 'confirmed' }],
  ['start/timeZone', { start: { timeZone: 'Europe/Berlin' } }],
  ['start(timeZone),id', { start: { timeZone: 'Europe/Berlin' }, id: 'meeting1' }],
  ['start/timeZone,start', { start: { dateTime: '2026-11-24T09:00:00+01:00', timeZone: 'Europe/Berlin' } }],
  ['attendees(email)', { attendees: [{ email: 'grace@example.com' }] }],
  ['organizer/*', { organizer: { email: 'ada@example.com', displayName: 'Ada Okonkwo', self: true } }],
];

test.each(MASKS)('19.sandbox: fields=%s', async (fields, expected) => {
  const { api, calendar } = setUpCalendar();
  calendar.addEvent(meeting({ id: 'meeting1', attendees: [{ email: 'grace@example.com' }] }));
  expect((await api(`GET ${EVENTS}/meeting1${query({ fields })}`)).json).toEqual(expected);
});

test('lists, writes and other resources honor fields, too', async () => {
  const { api, calendar } = setUpCalendar();
  for (const id of ['meeting1', 'meeting2']) calendar.addEvent(meeting({ id }));
  const page = await api(`GET ${EVENTS}${query({ fields: 'items/id', maxResults: '1' })}`);
  expect(page.json).toEqual({ items: [{ id: 'meeting1' }] });
  const whole = await api(`GET ${EVENTS}${query({ fields: 'items(id),nextSyncToken' })}`);
  expect(eachOf(whole, 'id')).toEqual(['meeting1', 'meeting2']);
  expect(itemsOf(whole)[0]).toEqual({ id: 'meeting1' });
  const made = await api(`POST ${EVENTS}${query({ fields: 'summary' })}`, meeting());
  expect(made.json).toEqual({ summary: 'Meeting' });
  expect((await api(`GET /users/me/calendarList${query({ fields: 'items/primary' })}`)).json).toEqual({
    items: [{ primary: true }],
  });
});

test.each([
  [`${EVENTS}/meeting1`, 'nothing', 'nothing'],
  [`${EVENTS}/meeting1`, 'id,start(dateTime,day)', 'day'],
  [`${EVENTS}/meeting1`, 'id/text', 'text'],
  [EVENTS, 'pagetoken,items(id)', 'pagetoken'],
  ['/users/me/calendarList', 'items(conferenceProperties/kinds)', 'kinds'],
])('GET %s?fields=%s is refused for what no response has', async (path, fields, name) => {
  const { api, calendar } = setUpCalendar();
  calendar.addEvent(meeting({ id: 'meeting1' }));
  const answer = await api(`GET ${path}${query({ fields })}`);
  expect(refusal(answer)).toBe('400 invalidParameter');
  expect(answer.text).toContain(`"Invalid field selection ${name}"`);
});

test('a mask may name members of any name, and whatever a response could have', async () => {
  const { api, calendar } = setUpCalendar();
  calendar.addEvent(meeting({ id: 'meeting1', extendedProperties: { private: { mine: '1', other: '2' } } }));
  const fields = 'extendedProperties/private/mine,hangoutLink,attendees(email),*/timeZone';
  expect((await api(`GET ${EVENTS}/meeting1${query({ fields })}`)).json).toMatchObject({
    extendedProperties: { private: { mine: '1' } },
  });
});

test.each(['(', 'items(', 'items(id', 'items)', 'a,,b', 'a//b', ',', 'a b'])(
  '%j is no mask',
  async (fields) => {
    const { api } = setUpCalendar();
    expect(refusal(await api(`GET ${EVENTS}${query({ fields })}`))).toBe('400 invalidParameter');
  },
);

test('19.sandbox: prettyPrint, quotaUser, key and alt=json change nothing', async () => {
  const { api, calendar } = setUpCalendar();
  calendar.addEvent(meeting({ id: 'meeting1' }));
  const plain = await api(`GET ${EVENTS}/meeting1`);
  const parameters = { prettyPrint: 'false', quotaUser: 'u', key: 'k', alt: 'json' };
  expect((await api(`GET ${EVENTS}/meeting1${query(parameters)}`)).json).toEqual(plain.json);
});

test('an event that was deleted for good keeps its id and stays deleted', async () => {
  const { api, calendar } = setUpCalendar();
  calendar.addEvent(meeting({ id: 'meeting1' }));
  calendar.purgeEvent('meeting1');
  expect(refusal(await api(`POST ${EVENTS}`, meeting({ id: 'meeting1' })))).toBe('409 duplicate');
  expect((await api(`GET ${EVENTS}/meeting1`)).json).toMatchObject({ status: 'cancelled' });
  const restored = meeting({ status: 'confirmed' });
  expect(refusal(await api(`PUT ${EVENTS}/meeting1`, restored))).toBe('403 forbidden');
  calendar.purgeEvent('meeting1', 'primary', 404);
  expect(refusal(await api(`POST ${EVENTS}`, meeting({ id: 'meeting1' })))).toBe('409 duplicate');
  expect(refusal(await api(`GET ${EVENTS}/meeting1`))).toBe('404 notFound');
  expect(refusal(await api(`PUT ${EVENTS}/meeting1`, restored))).toBe('404 notFound');
});
