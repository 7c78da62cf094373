import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { deleteKeys } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';
import { withStoreCalls } from '../support/store-calls.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A watched calendar: the calls of the host's store, and a way to deliver notifications of its channel, all at once. */
async function startWatching(target: RecordStore = memoryStore()) {
  const { store, calls } = withStoreCalls(target);
  const { context, sandbox, delivered, handler } = startDeliveries({ store });
  await context.user('ada').connections.import('google', googleTokens(sandbox));
  await context.subscriptions.ensure('ada');
  sandbox.google.testUser().calendar.addEvent(SOON);
  await sandbox.google.push.settled();
  const last = delivered.at(-1)?.request ?? new Request('https://host.example');
  let number = Number(last.headers.get('x-goog-message-number'));
  const deliver = async (): Promise<number> => {
    const headers = new Headers(last.headers);
    headers.set('x-goog-message-number', String((number += 1)));
    return (await handler(new Request(last.url, { method: 'POST', headers }))).status;
  };
  return {
    calls,
    notifiedAt: async (): Promise<unknown> => {
      const route = await store.get(`channel/${last.headers.get('x-goog-channel-id')}`);
      return (JSON.parse(route?.value ?? '{}') as { notifiedAt?: unknown }).notifiedAt;
    },
    async deliverAtOnce(count: number): Promise<number[]> {
      vi.advanceTimersByTime(1000);
      calls.length = 0;
      return await Promise.all(Array.from({ length: count }, deliver));
    },
  };
}

test('24.4: a notification takes six calls of the store, and no list, which may read all records', async () => {
  const { calls, deliverAtOnce } = await startWatching();
  expect(await deliverAtOnce(1)).toEqual([204]);
  // Its channel, whether there are links, its claim, the connection, that it was handled, and when its channel notified.
  expect(calls).toEqual(['get', 'get', 'compareAndSet', 'get', 'compareAndSet', 'compareAndSet']);
});

test('24.4: of many notifications at once, none is noted again because of the others', async () => {
  const { calls, deliverAtOnce } = await startWatching();
  expect(new Set(await deliverAtOnce(64))).toEqual(new Set([204]));
  expect(calls.length).toBeLessThanOrEqual(64 * 8);
});

test.skipIf(!redis.isThere)(`24.4: on Redis, many at once share their commands${redis.note}`, async () => {
  const prefix = `${uniqueName()}:`;
  const client = new Redis(REDIS_URL);
  try {
    const commands = vi.spyOn(client, 'sendCommand');
    const { calls, deliverAtOnce } = await startWatching(redisStore(client, { prefix }));
    await deliverAtOnce(1);
    commands.mockClear();
    expect(new Set(await deliverAtOnce(64))).toEqual(new Set([204]));
    expect(calls.length).toBeGreaterThan(64 * 5);
    expect(commands.mock.calls.length).toBeLessThan(64 * 2);
  } finally {
    client.disconnect();
    await deleteKeys(prefix);
  }
});

test('24.4: a time that a machine with a wrong clock noted is not the last word', async () => {
  const { deliverAtOnce, notifiedAt } = await startWatching();
  const now = Date.now();
  vi.setSystemTime(now + 3_600_000);
  await deliverAtOnce(1);
  vi.setSystemTime(now);
  await deliverAtOnce(1);
  expect(await notifiedAt()).toBe(Date.now());
});
