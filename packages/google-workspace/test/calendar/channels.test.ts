import { inspect } from 'node:util';
import { parseCalendarPush, type WatchEventsOptions } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { fixture, hasFixtures, skipped } from '../support/fixtures.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { hour } from './times.ts';

const server = useSandbox();
const NOW = Date.UTC(2026, 10, 23, 8);
const ADDRESS = 'https://host.example/webhooks/google/calendar';

test('a channel from its first notification to its end', async () => {
  const received: Headers[] = [];
  const deliver = async (_url: string, init: RequestInit): Promise<Response> => {
    received.push(new Headers(init.headers));
    return new Response(null, { status: 204 });
  };
  const { calendar, sandbox } = await server.start({
    sandbox: { seed: 'empty', clock: { now: () => NOW }, google: { deliver } },
  });
  const channel = await calendar.events.watch({ address: ADDRESS, ttlSeconds: 3600 });
  await sandbox.google.push.settled();
  await calendar.events.create(hour(9));
  await sandbox.google.push.settled();

  const events = await Promise.all(received.map((headers) => parseCalendarPush(headers, channel)));
  expect(events.map(({ type }) => type)).toEqual(['sync', 'changed']);
  expect(events[1]).toMatchObject({
    source: 'google-calendar',
    verified: true,
    data: { channelId: channel.id, resourceId: channel.resourceId, resourceState: 'exists' },
  });
  expect(channel.expiration).toBe(NOW + 3_600_000);
  expect(events[0]?.data.expiresAt).toBe(channel.expiration);

  await calendar.events.stop(channel);
  await calendar.events.stop(channel);
  expect(sandbox.requests.at(-1)?.status).toBe(404);
  await calendar.events.create(hour(10));
  await sandbox.google.push.settled();
  expect(received).toHaveLength(2);
});

describe('watch', () => {
  const answer = { id: 'c', resourceId: 'r', expiration: '1426325213000' };

  test('sends what Google wants, with an id and a secret of its own', async () => {
    const { client, requests } = clientOf([answer]);
    const one = await client.events.watch({
      address: ADDRESS,
      calendarId: 'team',
      eventTypes: ['default'],
      ttlSeconds: 60,
    });
    const two = await client.events.watch({ address: ADDRESS });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/calendar/v3/calendars/team/events/watch',
      query: { eventTypes: 'default' },
      json: { type: 'web_hook', address: ADDRESS, id: one.id, token: one.token, params: { ttl: '60' } },
    });
    expect(requests[1]?.json).not.toHaveProperty('params');
    expect(one).toMatchObject({ resourceId: 'r', calendarId: 'team' });
    expect(one.token).toMatch(/^[0-9a-f]{64}$/);
    expect(two.token).not.toBe(one.token);
    expect(two.id).not.toBe(one.id);
  });

  test("the host's own token and id, and a time in either of Google's spellings", async () => {
    const own = { address: ADDRESS, token: 'target=myApp', id: 'channel_1' };
    for (const expiration of ['1426325213000', 1_426_325_213_000]) {
      const { client } = clientOf([{ ...answer, expiration }]);
      const channel = await client.events.watch(own);
      expect(channel).toMatchObject({ token: own.token, id: own.id, expiration: 1_426_325_213_000 });
    }
  });

  test.each(['soon', undefined, null, '0', 0, -1, '', '1e13', '99999999999999999999', {}, 1.5])(
    '19.5: an expiration of %j is an hour: the channel is open',
    async (expiration) => {
      const { client } = clientOf([{ ...answer, expiration }]);
      const before = Date.now();
      const channel = await client.events.watch({ address: ADDRESS });
      expect(channel.resourceId).toBe('r');
      expect(channel.expiration - before).toBeGreaterThanOrEqual(3_600_000);
      expect(channel.expiration - before).toBeLessThan(3_660_000);
    },
  );

  test('a channel that is logged shows no token, but keeps it', async () => {
    const { client } = clientOf([answer]);
    const channel = await client.events.watch({ address: ADDRESS, token: 'canary-channel' });
    expect(inspect(channel, { showHidden: true })).not.toContain('canary');
    expect(JSON.parse(JSON.stringify(channel))).toMatchObject({ token: 'canary-channel' });
  });

  const refused: [field: string, options: object][] = [
    ['address', { address: 'http://host.example/x' }],
    ['address', { address: '/webhooks' }],
    ['address', {}],
    ['token', { address: ADDRESS, token: '' }],
    ['token', { address: ADDRESS, token: 'x'.repeat(257) }],
    ['token', { address: ADDRESS, token: 'a\r\nb' }],
    ['token', { address: ADDRESS, token: 'schlüssel' }],
    ['id', { address: ADDRESS, id: 'x'.repeat(65) }],
    ['id', { address: ADDRESS, id: 'a b' }],
    ['ttlSeconds', { address: ADDRESS, ttlSeconds: 0 }],
    ['calendarId', { address: ADDRESS, calendarId: '..' }],
  ];

  test.each(refused)('names %s of %j', async (field, options) => {
    const { client, requests } = clientOf([answer]);
    expect(await failure(client.events.watch(options as WatchEventsOptions))).toMatchObject({ field });
    expect(requests).toEqual([]);
  });

  test('is never sent twice on a lost answer: nobody could stop the channel of the first', async () => {
    const { client, requests } = clientOf([new Response(null, { status: 503 })]);
    expect(await failure(client.events.watch({ address: ADDRESS }))).toMatchObject({ status: 503 });
    expect(requests).toHaveLength(1);
  });

  test.skipIf(!hasFixtures)(`reads Google's own answers${skipped}`, async () => {
    for (const name of ['calendar-watch-response', 'calendar-watch-response-string-expiration']) {
      const { client } = clientOf([fixture(`${name}.json`) as object]);
      const channel = await client.events.watch({ address: ADDRESS });
      expect(channel).toMatchObject({ resourceId: 'o3hgv1538sdjfh', expiration: 1_426_325_213_000 });
    }
  });
});

test('stop needs to know what', async () => {
  const { client, requests } = clientOf([{}]);
  expect(await failure(client.events.stop({ id: '', resourceId: 'r' }))).toMatchObject({
    field: 'channel.id',
  });
  expect(await failure(client.events.stop({ id: 'c' } as never))).toMatchObject({
    field: 'channel.resourceId',
  });
  expect(requests).toEqual([]);
});
