import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, plainHour } from './times.ts';

const server = useSandbox();
const PAGES = { maxResults: '2500' };

test('everything at first, then what has changed and what is gone, over pages', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const user = sandbox.google.testUser();
  const [a, b, c] = [9, 10, 11].map((clock) => user.calendar.addEvent(plainHour(clock)).id);
  const first = await calendar.events.sync(undefined, { maxResults: 2 });
  expect(first).toMatchObject({ full: true, deleted: [] });
  expect(new Set(first.events.map(({ id }) => id))).toEqual(new Set([a, b, c]));

  user.calendar.updateEvent(String(a), { summary: 'Changed' });
  user.calendar.deleteEvent(String(b));
  const next = await calendar.events.sync(first.cursor);
  expect(next.full).toBe(false);
  expect(next.events).toMatchObject([{ id: a, summary: 'Changed' }]);
  expect(next.deleted).toMatchObject([{ id: b, status: 'cancelled' }]);
  expect(await calendar.events.sync(next.cursor)).toMatchObject({ events: [], deleted: [], full: false });
});

test('starts over by itself when Google has forgotten the cursor, and says so', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const user = sandbox.google.testUser();
  user.calendar.addEvent(plainHour(9));
  const { cursor } = await calendar.events.sync(undefined, { singleEvents: true });
  user.calendar.expireSyncTokens();
  sandbox.clearRequests();
  const again = await calendar.events.sync(cursor);
  expect(again).toMatchObject({ full: true, events: [{ summary: 'Planning' }] });
  expect(sandbox.requests.map(({ status, query }) => [status, query['singleEvents']])).toEqual([
    [410, 'true'],
    [200, 'true'],
  ]);
  expect(await calendar.events.sync(again.cursor)).toMatchObject({ full: false });
});

test('the cursor remembers calendar and parameters; others are refused', async () => {
  const options = {
    calendarId: 'käse@example.com',
    singleEvents: true,
    eventTypes: ['focusTime', 'default'],
  } as const;
  const { client, requests } = clientOf([{ items: [], nextSyncToken: 'T=1' }]);
  const { cursor } = await client.events.sync(undefined, options);
  expect(cursor).toMatch(/^[\w-]+$/);
  await client.events.sync(cursor);
  await client.events.sync(cursor, { ...options, eventTypes: ['default', 'focusTime'] });
  expect(requests.map(({ query }) => query)).toEqual([
    { ...PAGES, singleEvents: 'true', eventTypes: 'default,focusTime' },
    { ...PAGES, singleEvents: 'true', eventTypes: 'default,focusTime', syncToken: 'T=1' },
    { ...PAGES, singleEvents: 'true', eventTypes: 'default,focusTime', syncToken: 'T=1' },
  ]);
  expect(new Set(requests.map(({ path }) => path)).size).toBe(1);
  expect(await failure(client.events.sync(cursor, { singleEvents: false }))).toMatchObject({
    field: 'singleEvents',
  });
  expect(await failure(client.events.sync(cursor, { calendarId: 'other' }))).toMatchObject({
    field: 'calendarId',
  });
  expect(await failure(client.events.sync(cursor, { maxResults: 5 }))).toMatchObject({ field: 'maxResults' });
  expect(requests).toHaveLength(3);
});

test.each(['', 'CPDAlvWDx70CEPDAlvWDx70CGAU=', 'e30', 'bnVsbA', '%'])('%j is no cursor', async (cursor) => {
  const { client, requests } = clientOf([{}]);
  expect(await failure(client.events.sync(cursor))).toMatchObject({ field: 'cursor' });
  expect(requests).toEqual([]);
});

test.each([
  'orderBy',
  'q',
  'iCalUID',
  'timeMax',
  'updatedMin',
  'showDeleted',
  'privateExtendedProperty',
  'sharedExtendedProperty',
])('%s has no place in a sync', async (field) => {
  const { client, requests } = clientOf([{}]);
  expect(await failure(client.events.sync(undefined, { [field]: 'x' }))).toMatchObject({ field });
  expect(requests).toEqual([]);
});

test('what changes while pages are turned comes once, as it is then', async () => {
  const { client } = clientOf([
    { items: [{ id: 'a', status: 'confirmed', summary: 'old' }, { id: 'b' }], nextPageToken: '2' },
    { nextPageToken: '3' },
    {
      items: [
        { id: 'a', status: 'confirmed', summary: 'new' },
        { id: 'b', status: 'cancelled' },
      ],
      nextSyncToken: 't',
    },
  ]);
  expect(await client.events.sync()).toMatchObject({
    events: [{ id: 'a', summary: 'new' }],
    deleted: [{ id: 'b' }],
  });
});

test('a token that ends between two pages is no half result', async () => {
  const whole = { items: [{ id: 'c' }], nextSyncToken: 'new' };
  const { client, requests } = clientOf([
    { nextSyncToken: 'first' },
    { items: [{ id: 'a' }], nextPageToken: '2' },
    googleFailure(410, 'updatedMinTooLongAgo'),
    whole,
  ]);
  const { cursor } = await client.events.sync();
  expect(await client.events.sync(cursor)).toMatchObject({ events: [{ id: 'c' }], full: true });
  expect(requests.at(-1)?.query).toEqual(PAGES);
});

test('other failures, and an answer without a token, are errors', async () => {
  const refused = clientOf([{ nextSyncToken: 'first' }, googleFailure(400, 'badRequest')]);
  const { cursor } = await refused.client.events.sync();
  expect(await failure(refused.client.events.sync(cursor))).toMatchObject({ serviceCode: 'badRequest' });
  expect(refused.requests).toHaveLength(2);
  const never = clientOf([googleFailure(410, 'fullSyncRequired')]);
  expect(await failure(never.client.events.sync())).toMatchObject({ status: 410 });
  expect(never.requests).toHaveLength(1);
  const silent = clientOf([{ items: [] }]);
  expect(await failure(silent.client.events.sync())).toMatchObject({ field: 'nextSyncToken' });
});
