import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { RecordStore, Schedule } from '@context-sdk/oauth-core';
import { type D1Client, d1Store } from '@context-sdk/oauth-core/d1';
import { drizzleStore } from '@context-sdk/oauth-core/drizzle';
import { answerStoreCall, durableObjectStore, remoteStore } from '@context-sdk/oauth-core/durable-objects';
import { kyselyStore } from '@context-sdk/oauth-core/kysely';
import { prismaStore } from '@context-sdk/oauth-core/prisma';
import { scheduleConformance, storeConformance } from '@context-sdk/oauth-core/testing';
import { createSchema, type OwnSchema } from '@context-sdk/test-support/postgres';
import { postgres } from '@context-sdk/test-support/services';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleOnD1 } from 'drizzle-orm/d1';
import { drizzle as drizzleOnPg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleProxy } from 'drizzle-orm/sqlite-proxy';
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

type Values = (string | number | null)[];

function rowsIn(database: DatabaseSync, text: string, values: readonly unknown[]): Record<string, unknown>[] {
  return database.prepare(text).all(...(values as Values));
}

/** As a Worker has a database of D1. */
function bindingOf(database: DatabaseSync): D1Client {
  return {
    prepare: (text) => ({
      bind: (...values) => ({ all: async () => ({ results: rowsIn(database, text, values) }) }),
    }),
  };
}

/** `remoteStore` has a `durableObjectStore` behind it; D1's own and Prisma's are tried on the real thing in compat/databases. */
const ON_SQLITE: Record<string, (database: DatabaseSync) => RecordStore & { createTable?(): Promise<void> }> =
  {
    remoteStore: (database) => {
      const store = durableObjectStore({
        sql: { exec: (text, ...values) => ({ toArray: () => rowsIn(database, text, values) }) },
      });
      return remoteStore(async (call) =>
        structuredClone(await answerStoreCall(store, structuredClone(call))),
      );
    },
    'remoteStore over JSON': (database) => {
      const store = durableObjectStore({
        sql: { exec: (text, ...values) => ({ toArray: () => rowsIn(database, text, values) }) },
      });
      const overJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as never;
      return remoteStore(async (call) => overJson(await answerStoreCall(store, overJson(call))));
    },
    drizzleStore: (database) =>
      drizzleStore(drizzleOnD1(bindingOf(database) as Parameters<typeof drizzleOnD1>[0]), {
        dialect: 'sqlite',
        sql,
      }),
    kyselyStore: (database) =>
      kyselyStore(
        new Kysely({
          plugins: [new CamelCasePlugin()],
          dialect: new SqliteDialect({
            database: {
              close: () => undefined,
              prepare: (text) => ({
                reader: true,
                all: (values) => rowsIn(database, text, values),
                run: () => ({ changes: 0, lastInsertRowid: 0 }),
                iterate: () => [][Symbol.iterator](),
              }),
            },
          }),
        }),
        { dialect: 'sqlite' },
      ),
  };

function scheduleOf(store: RecordStore): Schedule {
  const schedule = store.schedule?.();
  if (schedule === undefined) throw new Error('The store has no schedule.');
  return schedule;
}

for (const [name, open] of Object.entries(ON_SQLITE))
  describe(`26: ${name} on SQLite`, () => {
    let database = new DatabaseSync(':memory:');
    const create = async (): Promise<RecordStore> => {
      database = new DatabaseSync(':memory:');
      const store = open(database);
      await store.createTable?.();
      return store;
    };
    storeConformance({ test, createStore: create, reopen: () => open(database) });
    scheduleConformance({
      test,
      createSchedule: async () => scheduleOf(await create()),
      reopen: () => scheduleOf(open(database)),
    });
  });

test('24: each statement on SQLite finds its rows by an index, however many there are', async () => {
  const database = new DatabaseSync(':memory:');
  const binding = bindingOf(database);
  const statements = new Set<string>();
  const store = d1Store({
    prepare(text) {
      statements.add(text);
      return binding.prepare(text);
    },
  });
  await store.createTable();
  statements.clear();
  const version = await store.compareAndSet('key', undefined, 'value');
  await store.compareAndSet('key', version, 'value');
  await store.list('k');
  await store.delete('key', version);
  await scheduleOf(store).plan('job', 1);
  await scheduleOf(store).claim({ limit: 9, leaseMs: 60_000 });
  await scheduleOf(store).cancel('job', { claim: '1' });
  // The 100th write with a TTL clears.
  for (let count = 0; count < 100; count += 1)
    await store.compareAndSet(`key ${count}`, undefined, 'value', { ttlMs: 60_000 });
  const whole = [...statements].filter((text) =>
    rowsIn(database, `EXPLAIN QUERY PLAN ${text}`, []).some(({ detail }) =>
      String(detail).startsWith('SCAN context_sdk_'),
    ),
  );
  expect(statements.size).toBeGreaterThan(7);
  expect(whole).toEqual([]);
});

const ON_POSTGRES = {
  drizzleStore: ({ pool, name }: OwnSchema, table: string) =>
    drizzleStore(drizzleOnPg(pool), { dialect: 'postgresql', schema: name, table, sql }),
  kyselyStore: ({ pool, name }: OwnSchema, table: string) =>
    kyselyStore(new Kysely({ dialect: new PostgresDialect({ pool }) }), {
      dialect: 'postgresql',
      schema: name,
      table,
    }),
};

for (const [name, open] of Object.entries(ON_POSTGRES))
  describe.skipIf(!postgres.isThere)(`26: ${name} on PostgreSQL${postgres.note}`, () => {
    let own: OwnSchema;
    let table = '';
    beforeAll(async () => void (own = await createSchema()));
    afterAll(() => own.drop());
    const create = async () => {
      table = randomUUID();
      const store = open(own, table);
      await store.createTable();
      return store;
    };
    storeConformance({ test, createStore: create, reopen: () => open(own, table) });
    scheduleConformance({
      test,
      createSchedule: async () => scheduleOf(await create()),
      reopen: () => scheduleOf(open(own, table)),
    });
  });

describe('26: what a store refuses', () => {
  const keyValue = { get() {}, put() {}, getWithMetadata() {}, list() {}, delete() {} };
  test.each([
    [
      'd1Store',
      () => d1Store(keyValue as never),
      /Workers KV .*compare-and-set.*d1Store or durableObjectStore/,
    ],
    ['durableObjectStore', () => durableObjectStore(keyValue as never), /Workers KV .*compare-and-set/],
    ['d1Store without a binding', () => d1Store(undefined as never), /env\.DB/],
    ['durableObjectStore without SQL', () => durableObjectStore({} as never), /new_sqlite_classes/],
    ['drizzleStore without a dialect', () => drizzleStore({}, {} as never), /dialect must be/],
    ['drizzleStore on MySQL', () => drizzleStore({}, { dialect: 'mysql' as never, sql }), /dialect must be/],
    [
      'drizzleStore of the other dialect',
      () => drizzleStore({ execute: async () => [] }, { dialect: 'sqlite', sql }),
      /all\(\)/,
    ],
    [
      'drizzleStore without the sql of Drizzle',
      () => drizzleStore({ all: () => [] }, { dialect: 'sqlite' } as never),
      /import \{ sql \} from 'drizzle-orm'/,
    ],
    ['kyselyStore on something else', () => kyselyStore({} as never, { dialect: 'sqlite' }), /Kysely/],
    ['prismaStore on something else', () => prismaStore({} as never, { dialect: 'sqlite' }), /PrismaClient/],
    ['a schema in SQLite', () => prismaStore({} as never, { dialect: 'sqlite', schema: 'x' }), /schema/],
  ])('%s', (_name, open, message) => {
    expect(open).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', message: expect.stringMatching(message) }),
    );
  });
});

describe('26: what goes wrong is told without keys and values', () => {
  test('a table that is missing', async () => {
    const store = kyselyStoreOn(new DatabaseSync(':memory:'));
    await expect(store.compareAndSet('CANARY', undefined, 'CANARY')).rejects.toMatchObject({
      name: 'StoreError',
      reason: 'unavailable',
      message: expect.stringMatching(/^The Kysely store failed \(ERR_SQLITE_ERROR\): .*createTable\(\)/),
    });
  });

  test("a driver's error behind the library's own", async () => {
    const driver = Object.assign(new Error('CANARY'), { code: '40P01x' });
    const store = prismaStore(
      { $queryRawUnsafe: async () => Promise.reject(new Error('CANARY', { cause: driver })) },
      { dialect: 'postgresql' },
    );
    await expect(store.get('key')).rejects.toMatchObject({
      name: 'StoreError',
      message: 'The PostgreSQL store failed (40P01x).',
    });
  });

  test("a driver's rows that are lists", async () => {
    const store = drizzleStore(
      drizzleProxy(async () => ({ rows: [['"CANARY"', 'version']] })),
      { dialect: 'sqlite', sql },
    );
    await expect(store.get('key')).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(/rows as lists/),
    });
  });

  test('a call of something that is no store, and a failing one', async () => {
    const store = remoteStore((call) => answerStoreCall(kyselyStoreOn(new DatabaseSync(':memory:')), call));
    await expect(store.get('')).rejects.toMatchObject({ name: 'ConfigurationError' });
    await expect(store.get('key')).rejects.toMatchObject({ name: 'StoreError', reason: 'unavailable' });
    const away = remoteStore(async () => Promise.reject(new Error('CANARY')));
    await expect(away.get('key')).rejects.toThrow('The remote store could not be reached.');
  });

  test.for([undefined, null, 'ok', {}, { status: 'ok' }, { failure: null }, { failure: {} }])(
    'a reply that is none: %j',
    async (reply) => {
      const store = remoteStore(() => Promise.resolve(reply as never));
      await expect(store.get('key')).rejects.toMatchObject({ name: 'StoreError', reason: 'unavailable' });
    },
  );

  test('tables that could not be made are made by the next call', async () => {
    const database = new DatabaseSync(':memory:');
    let isFull = true;
    const exec = (text: string, ...values: unknown[]) => {
      if (isFull) throw new Error('database or disk is full: SQLITE_FULL');
      return { toArray: () => rowsIn(database, text, values) };
    };
    const store = durableObjectStore({ sql: { exec } });
    await expect(store.get('key')).rejects.toMatchObject({ name: 'StoreError', reason: 'unavailable' });
    isFull = false;
    expect(await store.get('key')).toBeUndefined();
  });

  test('rows that something else wrote', async () => {
    const database = new DatabaseSync(':memory:');
    const store = durableObjectStore({
      sql: { exec: (text, ...values) => ({ toArray: () => rowsIn(database, text, values) }) },
    });
    await store.compareAndSet('key', undefined, 'value');
    database.exec("UPDATE context_sdk_entries SET value = 'CANARY'");
    await expect(store.get('key')).rejects.toMatchObject({ name: 'StoreError', reason: 'corrupt' });
  });

  test('what has expired is cleared away by later writes', async () => {
    const database = new DatabaseSync(':memory:');
    const store = durableObjectStore({
      sql: { exec: (text, ...values) => ({ toArray: () => rowsIn(database, text, values) }) },
    });
    for (let record = 0; record < 99; record++)
      await store.compareAndSet(`short ${record}`, undefined, 'value', { ttlMs: 60_000 });
    database.exec('UPDATE context_sdk_entries SET expires_at = 1');
    await store.compareAndSet('long', undefined, 'value', { ttlMs: 60_000 });
    expect(rowsIn(database, 'SELECT count(*) AS rows FROM context_sdk_entries', [])).toEqual([{ rows: 1 }]);
  });
});

function kyselyStoreOn(database: DatabaseSync): RecordStore {
  const open = ON_SQLITE['kyselyStore'];
  if (open === undefined) throw new Error('There is no such store.');
  return open(database);
}
