import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour } from './times.ts';

const server = useSandbox();
const GRACE = 'grace@example.com';

describe('19.calendars', () => {
  test('are created, changed, cleared and deleted', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const { id } = await calendar.calendars.create({ summary: 'Team', timeZone: 'Asia/Tokyo' });
    expect(await calendar.calendars.get(id)).toMatchObject({ summary: 'Team', accessRole: 'owner' });
    await calendar.calendars.patch(id, { summary: 'Crew', description: 'd' });
    expect(await calendar.calendars.patch(id, { description: null })).not.toHaveProperty('description');
    expect(await calendar.calendars.get(id)).toMatchObject({ summary: 'Crew' });
    await calendar.calendars.delete(id);
    await calendar.calendars.delete(id);
    expect(await failure(calendar.calendars.get(id))).toMatchObject({ code: 'not_found' });
    await calendar.events.create(hour(9));
    await calendar.calendars.clear('primary');
    expect(await calendar.events.list().toArray()).toEqual([]);
    expect(sandbox.google.testUser().calendar.events()).toMatchObject([{ status: 'cancelled' }]);
  });

  test('what Google would refuse is named', async () => {
    const { client, requests } = clientOf([{}]);
    const { calendars } = client;
    expect(await failure(calendars.create({ summary: ' ' }))).toMatchObject({ field: 'summary' });
    expect(await failure(calendars.create({ summary: 'x', timeZone: 'Mars' }))).toMatchObject({
      field: 'timeZone',
    });
    expect(await failure(calendars.patch('c', {}))).toMatchObject({ field: 'changes' });
    expect(await failure(calendars.patch('..', { summary: 'x' }))).toMatchObject({ field: 'calendarId' });
    expect(await failure(calendars.delete('primary'))).toMatchObject({ field: 'calendarId' });
    expect(requests).toEqual([]);
  });

  test('a lost response creates no second calendar', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'calendar.calendars.insert' });
    expect(await failure(calendar.calendars.create({ summary: 'Team' }))).toMatchObject({ code: 'network' });
    expect(sandbox.google.testUser().calendar.calendars()).toHaveLength(2);
  });
});

describe('19.calendarList', () => {
  test('shows, hides and removes calendars', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.google.testUser(GRACE).calendar.shareCalendar('primary', 'ada@example.com', 'reader');
    const { calendarList, calendars } = calendar;
    expect(await calendarList.patch(GRACE, { summaryOverride: 'G', hidden: true })).toMatchObject({
      hidden: true,
    });
    await calendarList.remove(GRACE);
    await calendarList.remove(GRACE);
    expect((await calendars.list().toArray()).map(({ id }) => id)).toEqual(['ada@example.com']);
    const colors = { backgroundColor: '#123456', foregroundColor: '#ffffff' };
    expect(await calendarList.insert(GRACE, colors)).toMatchObject(colors);
    expect(await failure(calendarList.insert('nobody@example.org'))).toMatchObject({ code: 'not_found' });
    expect(await failure(calendarList.patch(GRACE, {}))).toMatchObject({ field: 'settings' });
  });

  test('tells what has changed, and starts over when Google has forgotten', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const first = await calendar.calendarList.sync();
    expect(first).toMatchObject({ full: true, calendars: [{ id: 'ada@example.com' }], removed: [] });
    const { id } = user.addCalendar({ summary: 'Team' });
    const added = await calendar.calendarList.sync(first.cursor);
    expect(added).toMatchObject({ full: false, calendars: [{ id, summary: 'Team' }] });
    user.setListed(id, false);
    const removed = await calendar.calendarList.sync(added.cursor);
    expect(removed).toMatchObject({ calendars: [], removed: [{ id }] });
    for (const refusal of ['fullSyncRequired', 'gone', 'invalid'] as const) {
      user.expireListTokens(refusal);
      expect(await calendar.calendarList.sync(removed.cursor)).toMatchObject({ full: true });
    }
  });

  test('a cursor of events is none of the list', async () => {
    const { client } = clientOf([{ nextSyncToken: 't' }]);
    const { cursor } = await client.events.sync();
    expect(await failure(client.calendarList.sync(cursor))).toMatchObject({ field: 'cursor' });
    const list = await client.calendarList.sync();
    expect(await failure(client.events.sync(list.cursor))).toMatchObject({ field: 'cursor' });
  });

  test('other failures stay what they are', async () => {
    const { client, requests } = clientOf([{ nextSyncToken: 't' }, googleFailure(400, 'badRequest')]);
    const { cursor } = await client.calendarList.sync();
    expect(await failure(client.calendarList.sync(cursor))).toMatchObject({ serviceCode: 'badRequest' });
    expect(requests).toHaveLength(2);
  });

  test('is watched by a channel that events.stop ends', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const channel = await calendar.calendarList.watch({
      address: 'https://host.example/hook',
      ttlSeconds: 60,
    });
    expect(channel.expiration).toBeLessThanOrEqual(Date.now() + 61_000);
    await calendar.events.stop(channel);
    expect(sandbox.requests.at(-1)).toMatchObject({ operation: 'calendar.channels.stop', status: 204 });
  });
});

test('19.acl: shares a calendar, and ends it', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const quiet = { sendNotifications: false };
  const { acl } = calendar;
  const rule = await acl.create({ role: 'reader', scope: { type: 'user', value: GRACE } }, quiet);
  expect(rule.id).toBe(`user:${GRACE}`);
  expect(await acl.patch(rule.id, { role: 'writer' }, quiet)).toMatchObject({ role: 'writer' });
  expect(await acl.get(rule.id)).toMatchObject({ role: 'writer' });
  expect((await acl.list().toArray()).map(({ id }) => id)).toContain(rule.id);
  expect(sandbox.google.testUser(GRACE).calendar.calendars()).toHaveLength(2);
  await acl.delete(rule.id);
  await acl.delete(rule.id);
  expect(sandbox.google.testUser(GRACE).calendar.calendars()).toHaveLength(1);
  for (const [field, call] of [
    ['role', () => acl.create({ scope: { type: 'default' } }, quiet)],
    ['scope', () => acl.create({ role: 'reader' }, quiet)],
    ['scope.value', () => acl.create({ role: 'reader', scope: { type: 'user' } }, quiet)],
    ['sendNotifications', () => acl.patch(rule.id, { role: 'reader' }, {} as typeof quiet)],
  ] as const) {
    expect(await failure(call())).toMatchObject({ field });
  }
});

test('19.settings and colors are read', async () => {
  const { calendar } = await server.start(EMPTY);
  expect(await calendar.settings.get('timezone')).toMatchObject({ value: 'Europe/Berlin' });
  expect((await calendar.settings.list().toArray()).map(({ id }) => id)).toContain('weekStart');
  expect(await failure(calendar.settings.get('nothing'))).toMatchObject({ code: 'not_found' });
  expect((await calendar.colors.get()).event['11']).toEqual({ background: '#dc2127', foreground: '#1d1d1d' });
});
