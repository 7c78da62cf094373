import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { type IoRedisClient, redisStore } from '@context-sdk/oauth-core/redis';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { readRecords, scanKeys } from '@context-sdk/oauth-core/store-kit';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { deleteKeys } from '@context-sdk/test-support/redis';
import { postgres, redis } from '@context-sdk/test-support/services';
import { POSTGRES_URL, REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const KEYS = Array.from({ length: 40 }, (_, index) => `many/${index}`);

async function fill(store: RecordStore): Promise<void> {
  await Promise.all(KEYS.map((key) => store.compareAndSet(key, undefined, `value of ${key}`)));
}

async function scanned(store: RecordStore): Promise<string[]> {
  const found: string[] = [];
  for await (const key of scanKeys(store, 'many/')) found.push(key);
  return found.toSorted();
}

/** Calls of a target's methods, by name. */
function counted<T extends object>(target: T): { target: T; calls: string[] } {
  const calls: string[] = [];
  const counting = new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        calls.push(args[0] === '0' ? `${String(name)} from the start` : String(name));
        return Reflect.apply(value, of, args);
      };
    },
  });
  return { target: counting, calls };
}

/** A store as a host may have written it before there was more. */
function plain(store: RecordStore): RecordStore {
  return {
    get: (key) => store.get(key),
    compareAndSet: (...args) => store.compareAndSet(...args),
    delete: (...args) => store.delete(...args),
    list: (...args) => store.list(...args),
  };
}

describe('24.3: a store without the optional methods', () => {
  test('24.3: is read by get and list', async () => {
    const store = plain(memoryStore());
    await fill(store);
    expect(await scanned(store)).toEqual(KEYS.toSorted());
    const records = await readRecords(store, ['many/1', 'none']);
    expect(records.map((record) => record?.value)).toEqual(['value of many/1', undefined]);
  });

  test('24.3: can be encrypted', async () => {
    const store = encryptedStore(plain(memoryStore()), { current: 'k', keys: { k: new Uint8Array(32) } });
    await fill(store);
    expect(await scanned(store)).toEqual(KEYS.toSorted());
    expect((await readRecords(store, ['many/2']))[0]?.value).toBe('value of many/2');
  });
});

test('24.3: rekey reads many records at a time, and only what has another key by itself', async () => {
  const { target, calls } = counted(memoryStore());
  const keys = { old: new Uint8Array(32), new: new Uint8Array(32).fill(1) };
  await fill(encryptedStore(target, { current: 'old', keys }));
  const now = encryptedStore(target, { current: 'new', keys });
  expect(await now.rekey()).toMatchObject({ rewritten: KEYS.length, failed: [] });
  calls.length = 0;
  expect(await now.rekey()).toMatchObject({ current: KEYS.length, failed: [] });
  expect(calls).toEqual(['list', 'getMany']);
});

test('24.3: SQLite reads many records in one go', async () => {
  const store = sqliteStore(':memory:');
  await fill(store);
  expect(await scanned(store)).toEqual(KEYS.toSorted());
  expect((await readRecords(store, KEYS)).map((record) => record?.value)).toEqual(
    KEYS.map((key) => `value of ${key}`),
  );
  store.close();
});

describe('24.3: the suite notices', () => {
  const BROKEN: readonly [string, string, (store: RecordStore) => Partial<RecordStore>][] = [
    [
      'getMany in an order of its own',
      'getMany gives the records',
      (store) => ({
        getMany: async (keys) => await Promise.all(keys.toSorted().map((key) => store.get(key))),
      }),
    ],
    [
      'getMany that leaves out what is missing',
      'getMany gives the records',
      (store) => ({
        getMany: async (keys) => (await Promise.all(keys.map((key) => store.get(key)))).filter((one) => one),
      }),
    ],
    [
      'scan by pattern',
      'scan gives every key under',
      (store) => ({
        async *scan(prefix) {
          const pattern = new RegExp(`^${prefix}`);
          for (const key of await store.list('')) if (pattern.test(key)) yield key;
        },
      }),
    ],
    [
      'scan that ends early',
      'scan gives',
      (store) => ({
        async *scan(prefix) {
          yield* await store.list(prefix, { limit: 10 });
        },
      }),
    ],
  ];
  test.each(BROKEN)('24.3: a store with %s', async (_, noticed, broken) => {
    const failed: string[] = [];
    const runs: Promise<unknown>[] = [];
    storeConformance({
      createStore: () => {
        const store = memoryStore();
        return { ...store, ...broken(store) };
      },
      test: (name, run) => runs.push(run().catch(() => failed.push(name))),
    });
    await Promise.all(runs);
    expect(failed.join()).toContain(noticed);
  });
});

describe.skipIf(!redis.isThere)(`24.3: redisStore${redis.note}`, () => {
  const prefix = `${uniqueName()}:`;
  let client: Redis;
  beforeAll(() => void (client = new Redis(REDIS_URL)));
  afterAll(async () => {
    await deleteKeys(prefix);
    client.disconnect();
  });

  test('24.3: reads many records by one MGET, and all keys in one scan', async () => {
    const { target, calls } = counted<IoRedisClient>(client);
    const store = redisStore(target, { prefix });
    await fill(store);
    calls.length = 0;
    expect((await readRecords(store, KEYS)).every((record) => record !== undefined)).toBe(true);
    expect(calls).toEqual(['mget']);
    calls.length = 0;
    expect([...new Set(await scanned(store))]).toEqual(KEYS.toSorted());
    expect(calls.filter((call) => call === 'scan from the start')).toHaveLength(1);
  });
});

describe.skipIf(!postgres.isThere)(`24.3: postgresStore${postgres.note}`, () => {
  const table = uniqueName();
  const pool = new Pool({ connectionString: POSTGRES_URL });
  afterAll(async () => {
    await pool.query(`DROP TABLE IF EXISTS "${table}", "${table}_jobs"`);
    await pool.end();
  });

  test('24.3: reads many records by one statement', async () => {
    const { target, calls } = counted(pool);
    const store = postgresStore(target, { table });
    await store.createTable();
    await fill(store);
    calls.length = 0;
    expect((await readRecords(store, KEYS)).every((record) => record !== undefined)).toBe(true);
    expect(calls).toEqual(['query']);
    expect(await scanned(store)).toEqual(KEYS.toSorted());
  });
});
