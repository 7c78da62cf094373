import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { type SqliteStore, sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

/** A kind of store: `open` gives an empty one each time. */
export interface OpenStore {
  name: string;
  open: () => Promise<RecordStore>;
  close: () => Promise<void>;
}

const { REDIS_URL, POSTGRES_URL } = process.env;

/** All stores that this machine has. */
export async function openStores(): Promise<OpenStore[]> {
  const stores: OpenStore[] = [
    { name: 'memory', open: async () => memoryStore(), close: async () => undefined },
    await sqlite(),
  ];
  if (REDIS_URL !== undefined) stores.push(onRedis(REDIS_URL));
  if (POSTGRES_URL !== undefined) stores.push(await onPostgres(POSTGRES_URL));
  return stores;
}

async function sqlite(): Promise<OpenStore> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-scale-'));
  const opened: SqliteStore[] = [];
  return {
    name: 'SQLite',
    async open() {
      const store = sqliteStore(join(directory, `${opened.length}.db`));
      opened.push(store);
      return store;
    },
    async close() {
      for (const store of opened) store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function onRedis(url: string): OpenStore {
  const client = new Redis(url);
  const own = `bench-scale-${process.pid}-`;
  let count = 0;
  return {
    name: 'Redis',
    open: async () => redisStore(client, { prefix: `${own}${(count += 1)}:` }),
    async close() {
      for (let cursor = '0'; ;) {
        const [next, keys] = await client.scan(cursor, 'MATCH', `${own}*`, 'COUNT', 1000);
        if (keys.length > 0) await client.unlink(...keys);
        if (next === '0') break;
        cursor = next;
      }
      await client.quit();
    },
  };
}

async function onPostgres(url: string): Promise<OpenStore> {
  const pool = new Pool({ connectionString: url });
  const schema = `bench_scale_${process.pid}`;
  await pool.query(`CREATE SCHEMA ${schema}`);
  let count = 0;
  return {
    name: 'PostgreSQL',
    async open() {
      const store = postgresStore(pool, { schema, table: `records_${(count += 1)}` });
      await store.createTable();
      return store;
    },
    async close() {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.end();
    },
  };
}
