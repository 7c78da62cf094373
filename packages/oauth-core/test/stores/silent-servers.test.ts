import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { type IoRedisClient, redisStore } from '@context-sdk/oauth-core/redis';
import { expect, test } from 'vitest';

const never = (): Promise<never> => new Promise(() => undefined);
const silentRedis: IoRedisClient = {
  options: {},
  get: never,
  eval: never,
  evalsha: never,
  scan: never,
};

const STORES: Record<string, RecordStore> = {
  Redis: redisStore(silentRedis, { timeoutMs: 20 }),
  PostgreSQL: postgresStore({ query: never }, { timeoutMs: 20 }),
};

for (const [name, store] of Object.entries(STORES))
  test(`a ${name} that never answers is unavailable in time, whatever it is asked`, async () => {
    for (const asked of [
      () => store.get('key'),
      () => store.compareAndSet('key', undefined, 'secret value'),
      () => store.delete('key'),
      () => store.delete('key', 'version'),
      () => store.list(''),
    ]) {
      const failure: unknown = await asked().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreError);
      expect(failure).toMatchObject({
        reason: 'unavailable',
        message: `The ${name} store failed (ETIMEDOUT).`,
      });
    }
  });
