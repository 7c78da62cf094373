import { expect, test } from 'vitest';
import { idOf, textOf } from '../support.ts';
import { EVENTS, meeting, refusal, setUpCalendar } from './calendar-support.ts';

/* https://developers.google.com/workspace/calendar/api/guides/version-resources: every resource has an etag. */

async function setUp() {
  const { api, calendar } = setUpCalendar();
  const { id } = calendar.addCalendar({ summary: 'Team' });
  calendar.shareCalendar(id, 'grace@example.com', 'reader');
  const event = idOf((await api(`POST ${EVENTS}`, meeting())).json);
  const places: Record<string, string> = {
    calendar: `/calendars/${id}`,
    entry: `/users/me/calendarList/${id}`,
    rule: `/calendars/${id}/acl/user:grace@example.com`,
    event: `${EVENTS}/${event}`,
  };
  return { api, place: (name: string) => places[name] ?? '' };
}

const CHANGES: Readonly<Record<string, object>> = {
  calendar: { summary: 'Crew' },
  entry: { colorId: '3' },
  rule: { role: 'writer' },
  event: { summary: 'Moved' },
};

test.each(Object.keys(CHANGES))('%s: its etag guards changes, and spares reads', async (name) => {
  const { api, place } = await setUp();
  const path = place(name);
  const read = await api(`GET ${path}`);
  const etag = textOf(read.json, 'etag');
  expect(read.headers.get('etag')).toBe(etag);
  const again = await api(`GET ${path}`, undefined, { 'if-none-match': etag });
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
  const changed = await api(`PATCH ${path}`, CHANGES[name], { 'if-match': etag });
  expect(changed.status).toBe(200);
  expect(textOf(changed.json, 'etag')).not.toBe(etag);
  for (const method of ['PATCH', 'PUT', 'DELETE']) {
    const body = method === 'DELETE' ? undefined : CHANGES[name];
    expect(refusal(await api(`${method} ${path}`, body, { 'if-match': etag }))).toBe('412 conditionNotMet');
  }
  expect((await api(`GET ${path}`, undefined, { 'if-none-match': etag })).status).toBe(200);
});

test.each([EVENTS, '/users/me/calendarList'])('GET %s: a list has an etag, too', async (path) => {
  const { api } = await setUp();
  const etag = textOf((await api(`GET ${path}`)).json, 'etag');
  expect((await api(`GET ${path}`, undefined, { 'if-none-match': etag })).status).toBe(304);
});
