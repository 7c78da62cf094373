import type { RecordStore, Schedule } from '@context-sdk/oauth-core';
import { scheduleConformance, storeConformance } from '@context-sdk/oauth-core/testing';
import { upstashStore } from '@context-sdk/oauth-core/upstash';
import { deleteKeys } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const URL_OF_DATABASE = 'https://eu1-fit-crane-1.upstash.io';
const TOKEN = 'CANARY-token';

/** Upstash's REST over a Redis: a command as a JSON array, answered with `result` or `error`. */
function restOver(send: (command: string[]) => Promise<unknown>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (request.headers.get('authorization') !== `Bearer ${TOKEN}`)
      return Response.json({ error: 'WRONGPASS invalid or missing auth token' }, { status: 401 });
    try {
      return Response.json({ result: await send((await request.json()) as string[]) });
    } catch (failure) {
      return Response.json({ error: failure instanceof Error ? failure.message : '' }, { status: 400 });
    }
  };
}

describe.skipIf(!redis.isThere)(`26: upstashStore${redis.note}`, () => {
  const client = createClient({ url: REDIS_URL });
  const own = `${uniqueName()}:`;
  const commands: string[] = [];
  let stores = 0;
  beforeAll(async () => void (await client.connect()));
  afterAll(async () => {
    await deleteKeys(own);
    await client.close();
  });
  const fetch = restOver(async (command) => {
    commands.push(command[0] ?? '');
    return await client.sendCommand(command);
  });
  const open = () => upstashStore({ url: URL_OF_DATABASE, token: TOKEN, fetch, prefix: `${own}${stores}:` });
  const create = () => {
    stores += 1;
    return open();
  };
  const scheduleOf = (store: RecordStore): Schedule => {
    const schedule = store.schedule?.();
    if (schedule === undefined) throw new Error('The store has no schedule.');
    return schedule;
  };

  storeConformance({ test, createStore: create, reopen: open });
  scheduleConformance({
    test,
    createSchedule: () => scheduleOf(create()),
    reopen: () => scheduleOf(open()),
  });

  test('a value that is no text, and keys that are no list, are refused by name', async () => {
    const store = create();
    await expect(store.compareAndSet('key', undefined, undefined as never)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: 'value is not a string.',
    });
    await expect(store.getMany?.(null as never)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: 'keys is not a list.',
    });
    expect(await store.get('key')).toBeUndefined();
  });

  test('reads by a script, which the primary region answers', async () => {
    const store = create();
    await store.compareAndSet('key', undefined, 'value');
    commands.length = 0;
    expect((await store.get('key'))?.value).toBe('value');
    expect(commands).toEqual(['EVALSHA']);
  });

  test('says that a token is refused, without the token', async () => {
    const store = upstashStore({ url: URL_OF_DATABASE, token: 'CANARY-other', fetch });
    await expect(store.get('key')).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'unavailable',
      message: 'The Redis store failed (WRONGPASS).',
    });
  });
});

test.each([
  ['a page', () => new Response('<html>CANARY</html>', { status: 502 }), 'HTTP_502'],
  [
    'an error of Upstash',
    () => Response.json({ error: 'ERR max requests limit exceeded' }, { status: 429 }),
    'ERR',
  ],
  ['nothing', () => Promise.reject(new TypeError('fetch failed CANARY')), 'TypeError'],
])('26: upstashStore answered by %s', async (_name, answer, code) => {
  const store = upstashStore({ url: URL_OF_DATABASE, token: TOKEN, fetch: async () => await answer() });
  await expect(store.get('key')).rejects.toMatchObject({
    name: 'StoreError',
    reason: 'unavailable',
    message: `The Redis store failed (${code}).`,
  });
});

test.each([
  [{ url: 'http://eu1.upstash.io', token: TOKEN }, 'url'],
  [{ url: 'rediss://eu1.upstash.io', token: TOKEN }, 'url'],
  [{ url: URL_OF_DATABASE, token: ' ' }, 'token'],
  [{ url: URL_OF_DATABASE, token: TOKEN, prefix: '{' }, 'prefix'],
  [{ url: URL_OF_DATABASE, token: TOKEN, timeoutMs: 0 }, 'timeoutMs'],
])('26: upstashStore refuses %j', (options, name) => {
  expect(() => upstashStore(options)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(name) }),
  );
});
