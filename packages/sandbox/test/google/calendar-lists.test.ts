import { describe, expect, test } from 'vitest';
import { fieldsOf, textOf } from '../support.ts';
import { calendarApi, eachOf, query, received, refusal, setUpCalendar } from './calendar-support.ts';

const LIST = '/users/me/calendarList';
const GRACE = 'grace@example.com';

describe('19.sandbox: calendars', () => {
  test('are created, changed and deleted, on the list as well', async () => {
    const { api } = setUpCalendar();
    const made = await api('POST /calendars', { summary: 'Team', timeZone: 'Asia/Tokyo', description: 'd' });
    expect(made.json).toMatchObject({
      summary: 'Team',
      timeZone: 'Asia/Tokyo',
      dataOwner: 'ada@example.com',
    });
    const id = textOf(made.json, 'id');
    expect((await api(`GET ${LIST}/${id}`)).json).toMatchObject({ summary: 'Team', accessRole: 'owner' });
    await api(`PATCH /calendars/${id}`, { summary: 'Crew' });
    expect((await api(`GET /calendars/${id}`)).json).toMatchObject({ summary: 'Crew', description: 'd' });
    await api(`PUT /calendars/${id}`, { summary: 'Crew' });
    expect(fieldsOf((await api(`GET /calendars/${id}`)).json)['description']).toBeUndefined();
    expect((await api(`DELETE /calendars/${id}`)).status).toBe(204);
    expect((await api(`GET /calendars/${id}`)).status).toBe(404);
    expect((await api(`GET ${LIST}/${id}`)).status).toBe(404);
    expect(refusal(await api('POST /calendars', {}))).toBe('400 required');
    expect((await api('DELETE /calendars/primary')).status).toBe(403);
  });

  test('only a primary one is cleared', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Team' });
    const day = { start: { date: '2026-11-24' }, end: { date: '2026-11-25' } };
    calendar.addEvent(day);
    expect((await api('POST /calendars/primary/clear')).status).toBe(204);
    expect(calendar.events().map(({ status }) => status)).toEqual(['cancelled']);
    expect((await api(`POST /calendars/${id}/clear`)).status).toBe(400);
  });
});

describe('19.sandbox: the list', () => {
  test('gives a sync token, and then what has changed', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Team' });
    const first = await api(`GET ${LIST}`);
    expect(eachOf(first, 'id')).toEqual(['ada@example.com', id]);
    const since = async (answer: typeof first) =>
      await api(`GET ${LIST}${query({ syncToken: textOf(answer.json, 'nextSyncToken') })}`);
    expect(eachOf(await since(first), 'id')).toEqual([]);
    await api(`PATCH ${LIST}/${id}`, { selected: false });
    const changed = await since(first);
    expect(changed.json).toMatchObject({ items: [{ id, selected: false }] });
    await api(`PATCH /calendars/${id}`, { summary: 'Crew' });
    expect((await since(changed)).json).toMatchObject({ items: [{ id, summary: 'Crew' }] });
    await api(`DELETE ${LIST}/${id}`);
    expect((await since(changed)).json).toMatchObject({ items: [{ id, deleted: true }] });
    expect(eachOf(await api(`GET ${LIST}`), 'id')).toEqual(['ada@example.com']);
    await api(`POST ${LIST}`, { id, colorId: '3' });
    expect((await since(changed)).json).toMatchObject({ items: [{ id, backgroundColor: '#f83a22' }] });
  });

  test.each([
    ['fullSyncRequired', '410 fullSyncRequired'],
    ['gone', '410 gone'],
    ['invalid', '400 invalid'],
  ] as const)('refuses an expired token: %s', async (how, refused) => {
    const { api, calendar } = setUpCalendar();
    const syncToken = textOf((await api(`GET ${LIST}`)).json, 'nextSyncToken');
    calendar.expireListTokens(how);
    expect(refusal(await api(`GET ${LIST}${query({ syncToken })}`))).toBe(refused);
  });

  test('hides what is hidden, and refuses what Google refuses', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Team' });
    await api(`PATCH ${LIST}/${id}`, { hidden: true });
    expect(eachOf(await api(`GET ${LIST}`), 'id')).toEqual(['ada@example.com']);
    expect(eachOf(await api(`GET ${LIST}${query({ showHidden: 'true' })}`), 'id')).toContain(id);
    expect((await api(`DELETE ${LIST}/ada@example.com`)).status).toBe(400);
    expect((await api(`POST ${LIST}`, { id: 'nobody@example.org' })).status).toBe(404);
    expect(refusal(await api(`PATCH ${LIST}/${id}`, { backgroundColor: '#123456' }))).toBe('400 invalid');
    const rgb = await api(`PATCH ${LIST}/${id}?colorRgbFormat=true`, { backgroundColor: '#123456' });
    expect(rgb.json).toMatchObject({ backgroundColor: '#123456' });
    const syncToken = textOf((await api(`GET ${LIST}`)).json, 'nextSyncToken');
    const both = query({ syncToken, minAccessRole: 'owner' });
    expect(refusal(await api(`GET ${LIST}${both}`))).toBe('400 badRequest');
  });

  test('announces its changes on channels', async () => {
    const pushes: Headers[] = [];
    const { api, calendar, sandbox } = setUpCalendar({ google: { deliver: received(pushes) } });
    await api(`POST ${LIST}/watch`, { id: 'list', type: 'web_hook', address: 'https://host.example/hook' });
    calendar.addCalendar({ summary: 'Team' });
    await sandbox.google.push.settled();
    expect(pushes.map((headers) => headers.get('x-goog-resource-state'))).toEqual([
      'sync',
      'exists',
      'exists',
    ]);
    expect(pushes[0]?.get('x-goog-resource-uri')).toContain('/users/me/calendarList');
  });
});

describe('19.sandbox: access rules', () => {
  test('share a calendar with a user, change the role and take it away', async () => {
    const { api, sandbox, calendar } = setUpCalendar();
    const grace = calendarApi(sandbox, { account: GRACE });
    const { id } = calendar.addCalendar({ summary: 'Team' });
    expect((await grace(`GET /calendars/${id}`)).status).toBe(404);
    const rule = await api(`POST /calendars/${id}/acl`, {
      role: 'reader',
      scope: { type: 'user', value: GRACE },
    });
    expect(rule.json).toMatchObject({ id: `user:${GRACE}`, role: 'reader' });
    expect((await grace(`GET ${LIST}/${id}`)).json).toMatchObject({ accessRole: 'reader' });
    await api(`PATCH /calendars/${id}/acl/user:${GRACE}`, { role: 'writer' });
    expect((await grace(`GET ${LIST}/${id}`)).json).toMatchObject({ accessRole: 'writer' });
    expect(eachOf(await api(`GET /calendars/${id}/acl`), 'id')).toEqual([
      'user:ada@example.com',
      `user:${GRACE}`,
    ]);
    await api(`DELETE /calendars/${id}/acl/user:${GRACE}`);
    expect((await grace(`GET ${LIST}/${id}`)).status).toBe(404);
    expect((await api(`GET /calendars/${id}/acl/user:${GRACE}`)).status).toBe(404);
  });

  test('those who may write see the rules, and change none', async () => {
    const { api, sandbox, calendar } = setUpCalendar();
    const grace = calendarApi(sandbox, { account: GRACE });
    const { id } = calendar.addCalendar({ summary: 'Team' });
    calendar.shareCalendar(id, GRACE, 'writer');
    expect(eachOf(await grace(`GET /calendars/${id}/acl`), 'role')).toEqual(['owner', 'writer']);
    expect((await grace(`PATCH /calendars/${id}/acl/user:${GRACE}`, { role: 'owner' })).status).toBe(403);
    calendar.shareCalendar(id, GRACE, 'writerWithoutPrivateAccess');
    expect((await grace(`GET /calendars/${id}/acl`)).status).toBe(403);
    expect((await api(`GET /calendars/${id}/acl`)).status).toBe(200);
  });

  test('are listed page by page, and since a sync token, with those that were taken away', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addCalendar({ summary: 'Team' });
    const rules = `/calendars/${id}/acl`;
    calendar.shareCalendar(id, GRACE, 'reader');
    const first = await api(`GET ${rules}?maxResults=1`);
    expect(eachOf(first, 'id')).toEqual(['user:ada@example.com']);
    expect(first.json).not.toHaveProperty('nextSyncToken');
    const pageToken = textOf(first.json, 'nextPageToken');
    const last = await api(`GET ${rules}${query({ maxResults: '1', pageToken })}`);
    expect(eachOf(last, 'id')).toEqual([`user:${GRACE}`]);
    const since = (answer: typeof last, more = {}) =>
      api(`GET ${rules}${query({ syncToken: textOf(answer.json, 'nextSyncToken'), ...more })}`);
    expect(eachOf(await since(last), 'id')).toEqual([]);
    await api(`POST ${rules}`, { role: 'freeBusyReader', scope: { type: 'default' } });
    await api(`DELETE ${rules}/user:${GRACE}`);
    const changed = await since(last);
    expect(changed.json).toMatchObject({
      items: [
        { id: `user:${GRACE}`, role: 'none' },
        { id: 'default', role: 'freeBusyReader' },
      ],
    });
    expect(eachOf(await since(changed), 'id')).toEqual([]);
    expect(eachOf(await api(`GET ${rules}`), 'id')).toEqual(['user:ada@example.com', 'default']);
    expect(eachOf(await api(`GET ${rules}?showDeleted=true`), 'role')).toContain('none');
    expect(refusal(await since(changed, { showDeleted: 'false' }))).toBe('400 badRequest');
    calendar.expireSyncTokens(id);
    expect(refusal(await since(changed))).toBe('410 fullSyncRequired');
  });

  test('a default rule is for everyone; only owners see rules', async () => {
    const { api, sandbox, calendar } = setUpCalendar();
    const grace = calendarApi(sandbox, { account: GRACE });
    const { id } = calendar.addCalendar({ summary: 'Team' });
    await api(`POST /calendars/${id}/acl`, { role: 'freeBusyReader', scope: { type: 'default' } });
    expect((await grace(`GET /calendars/${id}`)).status).toBe(200);
    expect((await grace(`GET /calendars/${id}/acl`)).status).toBe(403);
    expect(
      refusal(await api(`POST /calendars/${id}/acl`, { role: 'king', scope: { type: 'default' } })),
    ).toBe('400 invalid');
    expect(refusal(await api(`POST /calendars/${id}/acl`, { role: 'reader' }))).toBe('400 required');
    expect((await api(`DELETE /calendars/${id}/acl/user:ada@example.com`)).status).toBe(400);
  });
});

test('19.sandbox: settings and colors are read', async () => {
  const { api } = setUpCalendar();
  expect((await api('GET /users/me/settings/timezone')).json).toMatchObject({ value: 'Europe/Berlin' });
  expect(eachOf(await api('GET /users/me/settings'), 'id')).toContain('weekStart');
  const page = await api('GET /users/me/settings?maxResults=2');
  const rest = await api(`GET /users/me/settings?pageToken=${textOf(page.json, 'nextPageToken')}`);
  expect([eachOf(page, 'id').length, eachOf(rest, 'id').length]).toEqual([2, 10]);
  expect([page, rest].map(({ json }) => fieldsOf(json)['nextSyncToken'] === undefined)).toEqual([
    true,
    false,
  ]);
  expect((await api('GET /users/me/settings/nothing')).status).toBe(404);
  expect((await api('GET /colors')).json).toMatchObject({
    calendar: { 24: { background: '#a47ae2' } },
    event: { 11: { background: '#dc2127', foreground: '#1d1d1d' } },
  });
});
