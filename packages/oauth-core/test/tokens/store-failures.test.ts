import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { createSchema, openPool, type OwnSchema } from '@context-sdk/test-support/postgres';
import { REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { redisServer, startOwnRedis } from '@context-sdk/test-support/redis-server';
import { postgres } from '@context-sdk/test-support/services';
import { describe, expect, test } from 'vitest';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

const REDIS_AWAY_MS = 200;

const answer = (): Response =>
  Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });

describe.skipIf(!redisServer.isThere)(`Redis is restarted${redisServer.note}`, () => {
  for (const [library, open] of Object.entries(REDIS_LIBRARIES))
    test(`I-9: before the new tokens are stored: they wait for it, with ${library}`, async () => {
      const redis = await startOwnRedis();
      const { client, close } = await open(redis.url);
      const { client: other, close: closeOther } = await open(redis.url);
      try {
        const provider = new RotatingProvider();
        const one = provider.processOver(redisStore(client));
        await one.save(expiredTokens());
        let restarted: Promise<void> | undefined;
        provider.plan(async () => {
          await redis.stop();
          restarted = sleep(REDIS_AWAY_MS).then(() => redis.start());
          return answer();
        });
        expect(await one.getAccessToken()).toBe('access-1');
        await restarted;
        expect(await provider.processOver(redisStore(other)).getAccessToken()).toBe('access-1');
        expect(provider.redeemed).toEqual(['refresh-0']);
      } finally {
        await closeOther();
        await close();
        await redis.remove();
      }
    });
});

describe.skipIf(!postgres.isThere)(`PostgreSQL’s connections are cut${postgres.note}`, () => {
  test('while the tokens are being read: they are read by another one', async () => {
    const own = await createSchema();
    const pool = openPool({ application_name: own.name });
    const blocker = await own.pool.connect();
    try {
      const store = postgresStore(pool, { schema: own.name });
      await store.createTable();
      const provider = new RotatingProvider();
      await provider.processOver(store).save({
        ...expiredTokens(),
        accessToken: 'stored',
        expiresAt: Date.now() + 3_600_000,
      });
      await blocker.query('BEGIN');
      await blocker.query(`LOCK TABLE ${own.name}.context_sdk_records IN ACCESS EXCLUSIVE MODE`);
      const cut = cutWaiting(own).finally(() => void blocker.query('ROLLBACK'));
      expect(await provider.processOver(store).getAccessToken()).toBe('stored');
      expect(await cut).toBe(1);
    } finally {
      blocker.release(true);
      await pool.end();
      await own.drop();
    }
  });

  test('I-9: while the new tokens are being stored: they are stored by another one', async () => {
    const own = await createSchema();
    const pool = openPool({ application_name: own.name });
    const blocker = await own.pool.connect();
    try {
      const store = postgresStore(pool, { schema: own.name });
      await store.createTable();
      const provider = new RotatingProvider();
      const one = provider.processOver(store);
      await one.save(expiredTokens());
      let cut: Promise<number> | undefined;
      provider.plan(async () => {
        await blocker.query('BEGIN');
        await blocker.query(`LOCK TABLE ${own.name}.context_sdk_records IN EXCLUSIVE MODE`);
        cut = cutWaiting(own).finally(() => void blocker.query('ROLLBACK'));
        return answer();
      });
      expect(await one.getAccessToken()).toBe('access-1');
      expect(await cut).toBe(1);
      expect(await provider.processOver(postgresStore(own.pool, { schema: own.name })).getAccessToken()).toBe(
        'access-1',
      );
      expect(provider.redeemed).toEqual(['refresh-0']);
    } finally {
      blocker.release(true);
      await pool.end();
      await own.drop();
    }
  });
});

/** Cuts the connections of the pool that is named like the schema as soon as one waits for a lock; gives how many. */
async function cutWaiting({ name, pool }: OwnSchema): Promise<number> {
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = $1 AND wait_event_type = 'Lock'`;
  for (;;) {
    const { rowCount } = await pool.query(sql, [name]);
    if (rowCount) return rowCount;
  }
}
