import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryRateLimiter, type RateLimiter, type RecordStore } from '@context-sdk/context';

/** The store and the limiter that the environment asks for: one SQLite file, unless there is a database or Redis. */
export async function openStore({
  DATABASE_URL,
  REDIS_URL,
  SANDBOX,
  // A sandbox in this process begins anew with every start, and so does what is known of it.
  DATA_DIR = SANDBOX === '1' ? mkdtempSync(join(tmpdir(), 'context-')) : 'data',
}: NodeJS.ProcessEnv): Promise<{ store: RecordStore; rateLimiter: RateLimiter }> {
  const redis = REDIS_URL === undefined ? undefined : new (await import('ioredis')).Redis(REDIS_URL);
  // Without Redis, each start counts anew, as its sandbox does: the default limiter is the process's.
  const rateLimiter = redis
    ? (await import('@context-sdk/context/redis-rate-limiter')).redisRateLimiter(redis)
    : memoryRateLimiter();
  if (DATABASE_URL !== undefined) {
    const { Pool } = (await import('pg')).default;
    const { postgresStore } = await import('@context-sdk/context/postgres');
    const store = postgresStore(new Pool({ connectionString: DATABASE_URL }));
    await store.createTable();
    return { store, rateLimiter };
  }
  if (redis) return { store: (await import('@context-sdk/context/redis')).redisStore(redis), rateLimiter };
  mkdirSync(DATA_DIR, { recursive: true });
  const { sqliteStore } = await import('@context-sdk/context/sqlite');
  return { store: sqliteStore(`${DATA_DIR}/context.sqlite`), rateLimiter };
}
