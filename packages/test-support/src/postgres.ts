import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolConfig } from 'pg';
import { POSTGRES_URL, uniqueName } from './urls.ts';

/** A pool whose connections may be cut without ending the process. */
export function openPool(config: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: POSTGRES_URL, max: 8, idleTimeoutMillis: 200, ...config });
  pool.on('error', () => undefined);
  return pool;
}

/** A schema of the test's own, with a pool to use it. */
export interface OwnSchema {
  readonly name: string;
  readonly pool: Pool;
  /** Deletes the schema with all that is in it. */
  drop(): Promise<void>;
}

export async function createSchema(): Promise<OwnSchema> {
  const name = uniqueName();
  const pool = openPool();
  await pool.query(`CREATE SCHEMA ${name}`);
  return {
    name,
    pool,
    async drop() {
      await pool.query(`DROP SCHEMA ${name} CASCADE`);
      await pool.end();
    },
  };
}

/** Resolves when a server that was just started answers; rejects with its failure after twenty seconds. */
export async function answered(connectionString: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const pool = openPool({ connectionString, max: 1 });
    try {
      await pool.query('SELECT 1');
      return;
    } catch (failure) {
      if (tries === 400) throw failure;
      await sleep(50);
    } finally {
      await pool.end();
    }
  }
}
