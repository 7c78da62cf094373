import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore, type RecordStore, type Schedule } from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { type SqliteStore, sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { memorySchedule } from '@context-sdk/oauth-core/store-kit';
import { scheduleConformance } from '@context-sdk/oauth-core/testing';
import { createSchema, type OwnSchema } from '@context-sdk/test-support/postgres';
import { deleteKeys, type OpenClient, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { postgres, redis } from '@context-sdk/test-support/services';
import { uniqueName } from '@context-sdk/test-support/urls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

function scheduleOf(store: RecordStore): Schedule {
  const schedule = store.schedule?.();
  if (schedule === undefined) throw new Error('The store has no schedule.');
  return schedule;
}

describe('24.1: in this process', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());
  const advance = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

  describe('memorySchedule', () => {
    scheduleConformance({ test, createSchedule: memorySchedule, advance });
  });
  describe('memoryStore, encrypted', () => {
    scheduleConformance({
      test,
      createSchedule: () =>
        scheduleOf(encryptedStore(memoryStore(), { current: 'a', keys: { a: 'A'.repeat(43) } })),
      advance,
    });
  });

  describe('sqliteStore', () => {
    let directory = '';
    let stores = 0;
    const open: SqliteStore[] = [];
    const opened = (): Schedule => {
      const store = sqliteStore(join(directory, `store-${stores}`));
      open.push(store);
      return scheduleOf(store);
    };
    beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'context-sdk-schedule-'))));
    afterAll(async () => {
      for (const store of open) store.close();
      await rm(directory, { recursive: true, force: true });
    });
    scheduleConformance({
      test,
      createSchedule: () => {
        stores += 1;
        return opened();
      },
      reopen: opened,
      advance,
    });
  });
});

describe('24.1: what a clock planned that was ahead is due once the clock is right', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test.each([
    ['memory', memoryStore],
    ['SQLite', () => sqliteStore(':memory:')],
  ] as const)('%s', async (_name, open) => {
    const schedule = scheduleOf(open());
    const now = Date.now();
    vi.setSystemTime(now + 86_400_000);
    await schedule.plan('job', Date.now() + 60_000);
    vi.setSystemTime(now);
    const [claimed, ...others] = await schedule.claim({ limit: 9, leaseMs: 60_000 });
    expect([claimed?.job, others]).toEqual(['job', []]);
    expect(await schedule.claim({ limit: 9, leaseMs: 60_000 })).toEqual([]);
  });
});

for (const [library, open] of Object.entries(REDIS_LIBRARIES))
  describe.skipIf(!redis.isThere)(`24.1: redisStore on ${library}${redis.note}`, () => {
    const own = `${uniqueName()}:`;
    const clients: OpenClient[] = [];
    let stores = 0;
    beforeAll(async () => void clients.push(await open(), await open()));
    afterAll(async () => {
      await deleteKeys(own);
      for (const { close } of clients) await close();
    });
    const opened = (client: OpenClient | undefined): Schedule => {
      if (client === undefined) throw new Error('not connected');
      return scheduleOf(redisStore(client.client, { prefix: `${own}${stores}:` }));
    };
    scheduleConformance({
      test,
      createSchedule: () => {
        stores += 1;
        return opened(clients[0]);
      },
      reopen: () => opened(clients[1]),
    });
  });

describe.skipIf(!postgres.isThere)(`24.1: postgresStore${postgres.note}`, () => {
  let own: OwnSchema;
  let stores = 0;
  beforeAll(async () => void (own = await createSchema()));
  afterAll(() => own.drop());
  const open = () => postgresStore(own.pool, { schema: own.name, table: `records ${stores}` });
  scheduleConformance({
    test,
    async createSchedule() {
      stores += 1;
      const store = open();
      await store.createTable();
      return scheduleOf(store);
    },
    reopen: () => scheduleOf(open()),
  });
});
