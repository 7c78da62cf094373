import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { type OwnPooler, pgbouncer, SESSIONS, startOwnPooler } from '@context-sdk/test-support/pgbouncer';
import { createSchema, openPool, type OwnSchema } from '@context-sdk/test-support/postgres';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLIENTS = 8;

describe.skipIf(!pgbouncer.isThere)(
  `postgresStore behind PgBouncer in transaction mode${pgbouncer.note}`,
  () => {
    let own: OwnSchema;
    let pooler: OwnPooler;
    let pool: Pool;
    let stores = 0;
    beforeAll(async () => {
      own = await createSchema();
      pooler = await startOwnPooler();
      pool = openPool({ connectionString: pooler.url, max: CLIENTS });
    });
    afterAll(async () => {
      await pool.end();
      await pooler.remove();
      await own.drop();
    });
    const open = () => postgresStore(pool, { schema: own.name, table: `records ${stores}` });

    test('is what it says: more clients than sessions, which change from one statement to the next', async () => {
      const clients = await Promise.all(Array.from({ length: CLIENTS }, () => pool.connect()));
      try {
        const sessions = clients.map(async (client) => {
          const seen = new Set<number>();
          // On a busy machine a client may meet the same session many times in a row.
          for (let statement = 0; statement < 20 || (seen.size === 1 && statement < 1000); statement += 1) {
            const { rows } = await client.query<{ pid: number }>(
              'SELECT pg_backend_pid() AS pid, pg_sleep(0.005)',
            );
            seen.add(rows[0]?.pid ?? 0);
          }
          return seen;
        });
        const seen = await Promise.all(sessions);
        expect(new Set(seen.flatMap((pids) => [...pids])).size).toBe(SESSIONS);
        expect(seen.some(({ size }) => size > 1)).toBe(true);
      } finally {
        for (const client of clients) client.release();
      }
    });

    storeConformance({
      test,
      async createStore() {
        stores += 1;
        const store = open();
        await store.createTable();
        return store;
      },
      reopen: () => open(),
    });
  },
);
