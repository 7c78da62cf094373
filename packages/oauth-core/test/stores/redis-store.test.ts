import { ConfigurationError, revocationOutbox } from '@context-sdk/oauth-core';
import { type IoRedisClient, type NodeRedisClient, redisStore } from '@context-sdk/oauth-core/redis';
import { deleteKeys, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CANARY } from '../support/canaries.ts';
import { storeFailure } from '../support/store-failure.ts';

const KEY = `user-1/${CANARY.code}`;
const LONG_KEY = 'push/ada/google-calendar/1';

describe.skipIf(!redis.isThere)(`redisStore${redis.note}`, () => {
  const prefix = `${uniqueName()}:`;
  const NAME = `${prefix}{${KEY}}`;
  const INDEX = `${prefix}{push/ada}:keys`;
  let client: Redis;
  beforeAll(() => void (client = new Redis(REDIS_URL)));
  afterEach(async () => {
    vi.useRealTimers();
    await deleteKeys(prefix);
  });
  afterAll(() => client.disconnect());

  /** The client, but with another way to run scripts. */
  function withEvalsha(evalsha: IoRedisClient['evalsha']): IoRedisClient {
    return {
      options: {},
      get: (key) => client.get(key),
      eval: (...all) => client.eval(...all),
      evalsha,
      scan: (...all) => client.scan(...all),
    };
  }

  /** The client, with the patterns of its scans. */
  function noting(patterns: string[]): IoRedisClient {
    return {
      ...withEvalsha((...all) => client.evalsha(...all)),
      scan(cursor, match, pattern, count, most) {
        patterns.push(pattern);
        return client.scan(cursor, match, pattern, count, most);
      },
    };
  }

  test('a script that Redis does not know, as after a restart, is sent whole', async () => {
    const store = redisStore(
      withEvalsha(async () => {
        throw new Error('NOSCRIPT No matching script. Please use EVAL.');
      }),
      { prefix },
    );
    const version = await store.compareAndSet(KEY, undefined, 'value');
    expect(await store.get(KEY)).toEqual({ value: 'value', version });
  });

  test('a write that the library sends twice, since its answer was lost, has still won', async () => {
    const store = redisStore(
      withEvalsha(async (...all) => {
        await client.evalsha(...all);
        return await client.evalsha(...all);
      }),
      { prefix },
    );
    const version = await store.compareAndSet(KEY, undefined, 'first');
    expect(await store.get(KEY)).toEqual({ value: 'first', version });
    const next = await store.compareAndSet(KEY, version, 'second');
    expect(await store.get(KEY)).toEqual({ value: 'second', version: next });
  });

  test('stores with different prefixes share nothing, even where one prefix begins like the other', async () => {
    const one = redisStore(client, { prefix });
    const other = redisStore(client, { prefix: `${prefix}more:` });
    await one.compareAndSet(KEY, undefined, 'one');
    expect(await other.get(KEY)).toBeUndefined();
    await other.compareAndSet('other', undefined, 'other');
    expect(await one.list('')).toEqual([KEY]);
    expect(await other.list('')).toEqual(['other']);
  });

  test('TTLs follow the clock of Redis, whatever this process believes', async () => {
    const store = redisStore(client, { prefix });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 });
    await store.compareAndSet(KEY, undefined, 'value', { ttlMs: 60_000.5 });
    const left = await client.pttl(NAME);
    expect(left).toBeGreaterThan(50_000);
    expect(left).toBeLessThanOrEqual(60_001);
    await store.compareAndSet('far', undefined, 'value', { ttlMs: 1e300 });
    expect((await store.get('far'))?.value).toBe('value');
  });

  test('a key that something else wrote is corrupt, is not shown and is not overwritten', async () => {
    const store = redisStore(client, { prefix });
    await client.set(NAME, CANARY.accessToken);
    await client.hset(`${prefix}{hash}`, 'field', CANARY.accessToken);
    expect((await storeFailure(store.get(KEY))).reason).toBe('corrupt');
    expect((await storeFailure(store.get('hash'))).reason).toBe('corrupt');
    expect((await storeFailure(store.compareAndSet('hash', undefined, 'value'))).reason).toBe('corrupt');
    expect(await store.compareAndSet(KEY, undefined, 'value')).toBeUndefined();
    expect(await client.get(NAME)).toBe(CANARY.accessToken);
  });

  /** A store whose scripts are counted, by the number of their keys. */
  function counting() {
    const sent: number[] = [];
    const store = redisStore(
      withEvalsha(async (sha1, numberOfKeys, ...rest) => {
        sent.push(numberOfKeys);
        return await client.evalsha(sha1, numberOfKeys, ...rest);
      }),
      { prefix },
    );
    return { store, sent };
  }

  test('24.4: what is read and written in one turn is one command, and in order', async () => {
    const { store, sent } = counting();
    const [nothing, version, read, refused, longer] = await Promise.all([
      store.get(KEY),
      store.compareAndSet(KEY, undefined, 'value'),
      store.get(KEY),
      store.compareAndSet(KEY, undefined, 'other'),
      store.compareAndSet(LONG_KEY, undefined, 'longer', { ttlMs: 60_000 }),
    ]);
    expect(sent).toHaveLength(1);
    expect([nothing, refused]).toEqual([undefined, undefined]);
    expect(read).toEqual({ value: 'value', version });
    expect(await store.get(LONG_KEY)).toEqual({ value: 'longer', version: longer });
    expect(await client.pttl(INDEX)).toBeGreaterThan(50_000);
    expect(
      await Promise.all([store.delete(KEY, 'other'), store.delete(KEY, version), store.get(KEY)]),
    ).toEqual([false, true, undefined]);
    expect(
      await Promise.all([
        store.compareAndSet(KEY, undefined, 'value'),
        store.delete(KEY),
        store.get(KEY),
        store.delete(KEY),
        store.compareAndSet(KEY, undefined, 'value'),
      ]),
    ).toEqual([expect.any(String), true, undefined, false, expect.any(String)]);
  });

  test('24.4: many at once are sent in parts, so that Redis is never busy for long', async () => {
    const { store, sent } = counting();
    const keys = Array.from({ length: 100 }, (_, index) => `many-${index}`);
    const versions = await Promise.all(keys.map((key) => store.compareAndSet(key, undefined, key)));
    expect(Math.max(...sent)).toBeLessThan(50);
    expect(sent.length).toBeLessThan(10);
    const found = await Promise.all(keys.map((key) => store.get(key)));
    expect(found).toEqual(keys.map((value, index) => ({ value, version: versions[index] })));
  });

  test('24.4: large records are written and read in parts, in their order', async () => {
    const sent: number[] = [];
    const store = redisStore(
      withEvalsha(async (...all) => {
        const answer = await client.evalsha(...all);
        for (const texts of [all, answer]) sent.push(JSON.stringify(texts).length);
        return answer;
      }),
      { prefix },
    );
    const records = Array.from({ length: 12 }, (_, index) => ({
      key: `large/${index}`,
      value: 'x'.repeat(index === 5 ? 500_000 : 40_000),
    }));
    const versions = await Promise.all(
      records.map(({ key, value }) => store.compareAndSet(key, undefined, value)),
    );
    const last = records.length - 1;
    const [found, isDeleted] = await Promise.all([
      Promise.all(records.map(({ key }) => store.get(key))),
      store.delete(`large/${last}`),
    ]);
    expect(found).toEqual(records.map(({ value }, index) => ({ value, version: versions[index] })));
    expect(isDeleted).toBe(true);
    const [largest, ...others] = sent.toSorted((one, other) => other - one);
    expect(largest).toBeLessThan(650_000);
    expect(others.filter((length) => length > 150_000).length).toBeLessThan(2);
  });

  test('24.4: a client that may read, but run no scripts, reads', async () => {
    const refused: number[] = [];
    const store = redisStore(
      withEvalsha(async (_, numberOfKeys) => {
        refused.push(numberOfKeys);
        throw new Error("NOPERM User reader has no permissions to run the 'evalsha' command");
      }),
      { prefix },
    );
    const version = await redisStore(client, { prefix }).compareAndSet(KEY, undefined, 'value');
    for (let time = 0; time < 2; time += 1)
      expect(await Promise.all([store.get(KEY), store.get('nothing')])).toEqual([
        { value: 'value', version },
        undefined,
      ]);
    expect(refused).toEqual([2]);
  });

  test('24.4: what a client throws at once rejects, whether it is asked once or often', async () => {
    const throwing = (): never => {
      throw new Error(`Invalid: ${CANARY.accessToken}`);
    };
    const store = redisStore(
      { options: {}, get: throwing, eval: throwing, evalsha: throwing, scan: throwing },
      { prefix },
    );
    for (const call of [
      async () => await store.get(KEY),
      async () => await store.compareAndSet(KEY, undefined, 'value'),
      async () => await Promise.all([store.get(KEY), store.get('other')]),
    ])
      expect((await storeFailure(call())).message).toBe('The Redis store failed (Error).');
  });

  test('a client that maps types is told so: no record is taken for absent, and no write for lost', async () => {
    const mapping: unknown = {
      ...withEvalsha(async (...all) => String(await client.evalsha(...all))),
      get: async (name: string) => await client.getBuffer(name),
      mget: async (...names: string[]) => await client.mgetBuffer(...names),
    };
    const store = redisStore(mapping as IoRedisClient, { prefix });
    await redisStore(client, { prefix }).compareAndSet(KEY, undefined, 'value');
    for (const call of [
      async () => await store.get(KEY),
      async () => await store.getMany?.([KEY]),
      async () => await store.compareAndSet('other', undefined, 'value'),
      async () => await store.delete('other', 'version'),
    ])
      expect((await storeFailure(call())).message).toContain('must not map types');
  });

  test('24.4: a client that is refused keys of several slots at once is asked for each alone', async () => {
    const refused: number[] = [];
    const store = redisStore(
      withEvalsha(async (sha1, numberOfKeys, ...rest) => {
        if (numberOfKeys === 1) return await client.evalsha(sha1, numberOfKeys, ...rest);
        refused.push(numberOfKeys);
        throw new Error("CROSSSLOT Keys in request don't hash to the same slot");
      }),
      { prefix },
    );
    const keys = ['one', 'two', 'three'];
    const writeAll = async () =>
      await Promise.all(keys.map((key) => store.compareAndSet(key, undefined, key)));
    for (const version of await writeAll()) expect(version).toBeDefined();
    for (const version of await writeAll()) expect(version).toBeUndefined();
    expect(refused).toEqual([3]);
  });

  for (const [library, open] of Object.entries(REDIS_LIBRARIES))
    test(`24.4: one that fails leaves the others of its turn as they are, with ${library}`, async () => {
      const opened = await open();
      const store = redisStore(opened.client, { prefix });
      await client.hset(`${prefix}{hash}`, 'field', CANARY.accessToken);
      const [read, written, value, version] = await Promise.allSettled([
        store.get('hash'),
        store.compareAndSet('hash', undefined, 'value'),
        store.get('nothing'),
        store.compareAndSet(KEY, undefined, 'value'),
      ]);
      for (const failed of [read, written])
        expect(failed).toMatchObject({
          status: 'rejected',
          reason: {
            reason: 'corrupt',
            message: 'A Redis key holds something that the SDK did not write (WRONGTYPE).',
          },
        });
      expect(value).toEqual({ status: 'fulfilled', value: undefined });
      expect(await store.get(KEY)).toMatchObject({ value: 'value' });
      expect(version?.status).toBe('fulfilled');
      await opened.close();
    });

  test('24.3: what one user has of a kind is listed without a scan of the database', async () => {
    const scans: string[] = [];
    const store = redisStore(noting(scans), { prefix });
    const keys = [LONG_KEY, 'push/ada/gmail/2', 'push/ada/gmail/{3}}/x', 'push/ada/', 'push/a{d}a/gmail/4'];
    for (const key of [...keys, 'push/ada', 'push/adam/gmail/5', 'pushes/ada/gmail/6'])
      await store.compareAndSet(key, undefined, 'value');
    expect(await store.list('push/ada/')).toEqual([
      'push/ada/',
      'push/ada/gmail/2',
      'push/ada/gmail/{3}}/x',
      LONG_KEY,
    ]);
    expect(await store.list('push/ada/gmail/', { limit: 1 })).toEqual(['push/ada/gmail/2']);
    expect(await store.list('push/a{d}a/')).toEqual(['push/a{d}a/gmail/4']);
    expect(await store.list('push/nobody/')).toEqual([]);
    expect(scans).toEqual([]);
    expect(await store.list('push/ada')).toHaveLength(6);
    expect(await store.list('push')).toHaveLength(8);
    expect(scans.length).toBeGreaterThan(0);
  });

  test('24.3: a long index is read page by page: no answer is long', async () => {
    const keys = Array.from({ length: 8000 }, (_, index) => `delivery/ada/gmail/${index}`);
    const writer = redisStore(client, { prefix });
    await Promise.all(
      keys.map((key, index) =>
        writer.compareAndSet(key, undefined, '{}', index % 2 ? { ttlMs: 60_000 } : {}),
      ),
    );
    const lengths: number[] = [];
    const store = redisStore(
      withEvalsha(async (...all) => {
        const answer = await client.evalsha(...all);
        if (Array.isArray(answer)) lengths.push(answer.length);
        return answer;
      }),
      { prefix },
    );
    expect(new Set(await store.list('delivery/ada/'))).toEqual(new Set(keys));
    expect(Math.max(...lengths)).toBeLessThan(3000);
    const seen = new Set<string>();
    for await (const key of store.scan?.('delivery/ada/') ?? []) {
      seen.add(key);
      await store.delete(key);
    }
    expect(seen.size).toBe(keys.length);
    expect(await client.exists(`${prefix}{delivery/ada}:keys`)).toBe(0);
  });

  test('24.3: grants that are to be revoked are found without a scan of the database, at each sign-in', async () => {
    const scans: string[] = [];
    const store = redisStore(noting(scans), { prefix });
    const outbox = revocationOutbox({ store, clientOf: () => undefined });
    const tokenSet = { accessToken: CANARY.accessToken, obtainedAt: Date.now(), scopes: [] };
    await outbox.add({ provider: 'google', tokenSet, userId: 'ada' });
    expect((await outbox.work()).waiting).toBe(1);
    expect(await outbox.list({ userId: 'ada' })).toHaveLength(1);
    expect(scans).toEqual([]);
  });

  test('24.3: the index of a user’s keys loses what is deleted and what has ended, and ends with the last', async () => {
    const store = redisStore(client, { prefix });
    const version = await store.compareAndSet(LONG_KEY, undefined, 'value');
    const lasting = await store.compareAndSet('push/ada/gmail/lasting', undefined, 'value', {
      ttlMs: 60_000,
    });
    await store.compareAndSet('push/ada/gmail/lasting', lasting, 'value');
    await store.compareAndSet('push/ada/gmail/short', undefined, 'value', { ttlMs: 1 });
    await expect.poll(() => store.get('push/ada/gmail/short')).toBeUndefined();
    expect(await client.pttl(INDEX)).toBe(-1);
    expect(await store.list('push/ada/')).toEqual(['push/ada/gmail/lasting', LONG_KEY]);
    expect(await store.delete(LONG_KEY, version)).toBe(true);
    expect(await store.delete(LONG_KEY)).toBe(false);
    await store.compareAndSet('push/ada/gmail/next', undefined, 'value', { ttlMs: 60_000 });
    expect(await client.zcard(INDEX)).toBe(2);
    await store.delete('push/ada/gmail/lasting');
    await store.delete('push/ada/gmail/next');
    expect(await client.exists(INDEX)).toBe(0);
  });

  test('24.3: an index of records that all end lasts longer than they do, and ends, too', async () => {
    const store = redisStore(client, { prefix });
    await store.compareAndSet(LONG_KEY, undefined, 'value', { ttlMs: 600_000 });
    await store.compareAndSet('push/ada/gmail/2', undefined, 'value', { ttlMs: 1000 });
    expect(await client.pttl(INDEX)).toBeGreaterThan(600_000);
  });

  test('24.3: an index ends with what is left in it once no record lasts: nothing stays of a user who is forgotten', async () => {
    const store = redisStore(client, { prefix });
    const ending = { ttlMs: 60_000 };
    await store.compareAndSet('push/ada/gmail/1', undefined, 'value');
    await store.compareAndSet('push/ada/gmail/2', undefined, 'value', { ttlMs: 1 });
    await expect.poll(() => store.get('push/ada/gmail/2')).toBeUndefined();
    await store.delete('push/ada/gmail/1');
    await expect.poll(() => client.exists(INDEX)).toBe(0);
    for (const end of [
      async (version: string) => await store.compareAndSet(LONG_KEY, version, 'value', ending),
      async (version: string) => await store.delete(LONG_KEY, version),
    ]) {
      await store.compareAndSet('push/ada/gmail/3', undefined, 'value', ending);
      const version = await store.compareAndSet(LONG_KEY, undefined, 'value');
      expect(await client.pttl(INDEX)).toBe(-1);
      await end(version ?? '');
      expect(await client.pttl(INDEX)).toBeGreaterThan(50_000);
      expect(await store.list('push/ada/')).toContain('push/ada/gmail/3');
      await store.delete(LONG_KEY);
      await store.delete('push/ada/gmail/3');
    }
  });

  for (const [library, open] of Object.entries(REDIS_LIBRARIES))
    test(`a client of ${library} that is closed is an error with neither key nor value`, async () => {
      const opened = await open();
      const store = redisStore(opened.client, { prefix });
      await store.compareAndSet(KEY, undefined, CANARY.accessToken);
      await opened.close();
      for (const call of [
        () => store.get(KEY),
        () => store.compareAndSet(KEY, undefined, CANARY.accessToken),
        () => store.delete(KEY),
        () => store.list(KEY),
      ]) {
        const error = await storeFailure(call());
        expect(error.reason).toBe('unavailable');
        expect(error.message).toMatch(/^The Redis store failed \(\w+\)\.$/);
      }
    });

  test('26.2: redis 4 answers SCAN with a number for a cursor: a list ends', async () => {
    const asRedis4: NodeRedisClient = {
      get: (key) => client.get(key),
      eval: (script, { keys, arguments: more }) => client.eval(script, keys.length, ...keys, ...more),
      evalSha: (sha1, { keys, arguments: more }) => client.evalsha(sha1, keys.length, ...keys, ...more),
      async scan(cursor: number | string, { MATCH, COUNT }) {
        const [next, keys] = await client.scan(cursor, 'MATCH', MATCH, 'COUNT', COUNT);
        return { cursor: Number(next), keys };
      },
    };
    const store = redisStore(asRedis4, { prefix });
    await store.compareAndSet(KEY, undefined, 'value');
    expect(await store.list('')).toEqual([KEY]);
  });

  test('a reply that is an error of Redis goes on as its code', async () => {
    const store = redisStore(
      withEvalsha(async () => {
        throw new Error(`OOM command not allowed: ${CANARY.accessToken}`);
      }),
      { prefix },
    );
    const error = await storeFailure(store.compareAndSet(KEY, undefined, CANARY.accessToken));
    expect(error.message).toBe('The Redis store failed (OOM).');
  });

  test('what can not work is refused at once', () => {
    expect(() => redisStore(client, { prefix: 'a{b}' })).toThrow(ConfigurationError);
    for (const timeoutMs of [0, 60_001, '5' as never])
      expect(() => redisStore(client, { timeoutMs })).toThrow('timeoutMs');
    const prefixed = new Redis(REDIS_URL, { keyPrefix: 'mine:', lazyConnect: true });
    expect(() => redisStore(prefixed)).toThrow('keyPrefix');
  });
});
