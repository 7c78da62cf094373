import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from '@context-sdk/test-support/postgres';
import { startOwnRedis } from '@context-sdk/test-support/redis-server';
import { openStore, type SharedKind } from '../../support/open-store.ts';
import { newPlace, type SharedPlace } from '../../support/shared-stores.ts';

const REDIS_AWAY_MS = 300;

/** A place for records whose service can be made to fail for a moment. */
export interface FailingPlace extends SharedPlace {
  /** Restarts Redis, or cuts PostgreSQL's connections; files have nothing like it. */
  readonly strike?: () => Promise<void>;
}

export async function newFailingPlace(kind: SharedKind): Promise<FailingPlace> {
  if (kind === 'redis') return await onRedisOfItsOwn();
  const place = await newPlace(kind);
  return kind === 'postgres' ? { ...place, strike: () => cutConnections(place.location) } : place;
}

async function onRedisOfItsOwn(): Promise<FailingPlace> {
  const redis = await startOwnRedis();
  const location = `chaos: ${redis.url}`;
  const { store, close } = await openStore('redis', location);
  return {
    location,
    open: async () => store,
    async strike() {
      await redis.stop();
      await sleep(REDIS_AWAY_MS);
      await redis.start();
    },
    async remove() {
      await close();
      await redis.remove();
    },
  };
}

/** Those of the pools that `openStore` makes for this schema. */
async function cutConnections(schema: string): Promise<void> {
  const pool = openPool({ max: 1 });
  await pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    schema,
  ]);
  await pool.end();
}
