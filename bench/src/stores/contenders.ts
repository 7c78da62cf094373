import { DatabaseSync } from 'node:sqlite';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { fileStore } from '@context-sdk/oauth-core/file';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

/** One read and one conditional write of a record that nobody else writes. */
export type ReadAndWrite = (key: string) => Promise<void>;

export interface Pair {
  ours: ReadAndWrite;
  /** The driver doing the same two statements; absent where there is none. */
  plain?: ReadAndWrite;
  /** The driver doing less: no bytes but text, a counted version, nothing that expires, and so no index for that. */
  leaner?: ReadAndWrite;
  close(): Promise<void>;
}

/** As long as a record with two tokens. */
const VALUE = 'x'.repeat(1_060);

function through(store: RecordStore): ReadAndWrite {
  return async (key) => {
    const record = await store.get(key);
    if ((await store.compareAndSet(key, record?.version, VALUE)) === undefined) throw new Error('It lost.');
  };
}

const LUA = `local v = redis.call('HGET', KEYS[1], 'v')
if (v or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 'd', ARGV[3])
return 1`;

export const pairs: Record<string, (folder: string) => Promise<Pair>> = {
  async memory() {
    return { ours: through(memoryStore()), close: async () => undefined };
  },

  async sqlite(folder) {
    const database = new DatabaseSync(`${folder}/plain.sqlite`);
    database.exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE r (k TEXT PRIMARY KEY, v INTEGER, d TEXT)',
    );
    const read = database.prepare('SELECT v, d FROM r WHERE k = ?');
    const insert = database.prepare('INSERT INTO r VALUES (?, 1, ?)');
    const update = database.prepare('UPDATE r SET v = v + 1, d = ? WHERE k = ? AND v = ?');
    return {
      ours: through(sqliteStore(`${folder}/ours.sqlite`)),
      async plain(key) {
        const row = read.get(key);
        if (row === undefined) insert.run(key, VALUE);
        else update.run(VALUE, key, Number(row['v']));
      },
      close: async () => database.close(),
    };
  },

  async file(folder) {
    return { ours: through(fileStore(`${folder}/files`)), close: async () => undefined };
  },

  async redis() {
    const redis = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379');
    const prefix = `context-bench-${crypto.randomUUID()}:`;
    redis.defineCommand('casBench', { numberOfKeys: 1, lua: LUA });
    const cas = Reflect.get(redis, 'casBench') as (...args: string[]) => Promise<number>;
    return {
      ours: through(redisStore(redis, { prefix: `${prefix}ours:` })),
      async plain(key) {
        const [version = ''] = await redis.hmget(`${prefix}plain:${key}`, 'v', 'd');
        await cas.call(redis, `${prefix}plain:${key}`, version ?? '', crypto.randomUUID(), VALUE);
      },
      async close() {
        const keys = await redis.keys(`${prefix}*`);
        if (keys.length > 0) await redis.del(...keys);
        redis.disconnect();
      },
    };
  },

  async postgres() {
    const pool = new Pool({
      connectionString: process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test',
    });
    const schema = `context_bench_${crypto.randomUUID().replaceAll('-', '')}`;
    await pool.query(
      `CREATE SCHEMA ${schema};
       CREATE TABLE ${schema}.leaner (k TEXT PRIMARY KEY, v BIGINT, d TEXT);
       CREATE TABLE ${schema}.plain (k BYTEA PRIMARY KEY, d BYTEA NOT NULL, v TEXT NOT NULL, e TIMESTAMPTZ NOT NULL)
         WITH (fillfactor = 80);
       CREATE INDEX ON ${schema}.plain (e) WHERE e < 'infinity'`,
    );
    const store = postgresStore(pool, { schema });
    await store.createTable();
    // All without names, as behind a pooler that lends connections per transaction.
    return {
      ours: through(store),
      async plain(key) {
        const k = Buffer.from(key);
        const select = `SELECT d, v FROM ${schema}.plain WHERE k = $1 AND e > clock_timestamp()`;
        const [row] = (await pool.query<{ d: Buffer; v: string }>(select, [k])).rows;
        row?.d.toString();
        const written = [k, Buffer.from(VALUE), crypto.randomUUID()];
        if (row === undefined)
          await pool.query(
            `INSERT INTO ${schema}.plain AS r (k, d, v, e) VALUES ($1, $2, $3, 'infinity')
             ON CONFLICT (k) DO UPDATE SET d = excluded.d, v = excluded.v, e = excluded.e WHERE r.e <= clock_timestamp()`,
            written,
          );
        else
          await pool.query(
            `UPDATE ${schema}.plain SET d = $2, v = $3, e = 'infinity'
             WHERE k = $1 AND v = $4 AND e > clock_timestamp()`,
            [...written, row.v],
          );
      },
      async leaner(key) {
        const select = `SELECT v, d FROM ${schema}.leaner WHERE k = $1`;
        const [row] = (await pool.query<{ v: string }>(select, [key])).rows;
        if (row === undefined)
          await pool.query(`INSERT INTO ${schema}.leaner VALUES ($1, 1, $2)`, [key, VALUE]);
        else
          await pool.query(`UPDATE ${schema}.leaner SET v = v + 1, d = $2 WHERE k = $1 AND v = $3`, [
            key,
            VALUE,
            row.v,
          ]);
      },
      async close() {
        await pool.query(`DROP SCHEMA ${schema} CASCADE`);
        await pool.end();
      },
    };
  },
};
