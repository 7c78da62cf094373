import { ConfigurationError } from '@context-sdk/oauth-core';
import { type PostgresPool, postgresStore } from '@context-sdk/oauth-core/postgres';
import { createSchema, openPool, type OwnSchema } from '@context-sdk/test-support/postgres';
import { postgres } from '@context-sdk/test-support/services';
import { uniqueName } from '@context-sdk/test-support/urls';
import { type Pool, types } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CANARY } from '../support/canaries.ts';
import { storeFailure } from '../support/store-failure.ts';

const KEY = `user-1/${CANARY.code}`;
/** The 100th write with a TTL clears. */
const WRITES_UNTIL_CLEARED = 100;

describe.skipIf(!postgres.isThere)(`postgresStore${postgres.note}`, () => {
  let own: OwnSchema;
  const pools: Pool[] = [];
  beforeAll(async () => void (own = await createSchema()));
  afterEach(async () => {
    vi.useRealTimers();
    for (const pool of pools.splice(0)) await pool.end();
  });
  afterAll(() => own.drop());

  async function created(table: string, pool: PostgresPool = own.pool) {
    const store = postgresStore(pool, { schema: own.name, table });
    await store.createTable();
    return store;
  }

  test('many can create the table at once, and again, and it keeps its records', async () => {
    const stores = Array.from({ length: 8 }, () => postgresStore(own.pool, { schema: own.name }));
    await Promise.all(stores.map((store) => store.createTable()));
    const version = await stores[0]?.compareAndSet(KEY, undefined, 'value');
    await stores[1]?.createTable();
    expect(await stores[2]?.get(KEY)).toEqual({ value: 'value', version });
    const { rows } = await own.pool.query('SELECT indexname FROM pg_indexes WHERE schemaname = $1', [
      own.name,
    ]);
    expect(rows).toContainEqual({ indexname: 'context_sdk_records_expiry' });
  });

  test('without its table every call says how to make it', async () => {
    const store = postgresStore(own.pool, { schema: own.name, table: 'missing' });
    const error = await storeFailure(store.get(KEY));
    expect(error.reason).toBe('unavailable');
    expect(error.message).toContain('42P01');
    expect(error.message).toContain('createTable()');
  });

  test('a role that may create nothing can ask for tables that are there, and is told where they are not', async () => {
    await created('theirs');
    const role = uniqueName();
    await own.pool.query(`CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${own.name} TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${own.name} TO ${role}`);
    const restricted = openPool({ options: `-c role=${role}` });
    try {
      const store = await created('theirs', restricted);
      const version = await store.compareAndSet(KEY, undefined, 'value');
      expect(await store.get(KEY)).toEqual({ value: 'value', version });
      const { message } = await storeFailure(created('not there', restricted));
      expect(message).toBe('The PostgreSQL store failed (42501).');
    } finally {
      await restricted.end();
      await own.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  test('names are only ever names, whatever is in them', async () => {
    const table = `we"ird'; DROP TABLE records; -- 한국어`;
    const store = await created(table);
    await store.compareAndSet(KEY, undefined, 'value');
    expect((await store.get(KEY))?.value).toBe('value');
    const { rows } = await own.pool.query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [
      own.name,
    ]);
    expect(rows).toContainEqual({ tablename: table });
    for (const name of ['', 'nul\0', 'é'.repeat(29)]) {
      expect(() => postgresStore(own.pool, { table: name })).toThrow(ConfigurationError);
      expect(() => postgresStore(own.pool, { table: 5 as never })).toThrow('table');
      for (const pool of [undefined, {}]) expect(() => postgresStore(pool as never)).toThrow('The pool');
    }
    expect(() => postgresStore(own.pool, { schema: 'x'.repeat(64) })).toThrow('schema');
  });

  test('each statement may run in another session, as behind a pooler in transaction mode', async () => {
    const sessions = Array.from({ length: 3 }, () => openPool({ max: 1 }));
    pools.push(...sessions);
    let turn = 0;
    const store = await created('pooled', {
      async query(text, values) {
        const session = sessions[turn++ % sessions.length] ?? own.pool;
        const result = await session.query(text, values);
        await session.query('DISCARD ALL');
        return result;
      },
    });
    const first = await store.compareAndSet(KEY, undefined, 'first', { ttlMs: 60_000 });
    const second = await store.compareAndSet(KEY, first, 'second');
    expect(await store.get(KEY)).toEqual({ value: 'second', version: second });
    expect(await store.list('user')).toEqual([KEY]);
    expect(await store.delete(KEY, second)).toBe(true);
  });

  test('where transactions are serializable by default, who loses is told so and nobody fails', async () => {
    const strict = openPool({ options: '-c default_transaction_isolation=serializable' });
    pools.push(strict);
    const store = await created('serializable', strict);
    const version = await store.compareAndSet(KEY, undefined, 'value');
    const writes = Array.from({ length: 30 }, (_, index) =>
      store.compareAndSet(KEY, version, `racer ${index}`),
    );
    expect((await Promise.all(writes)).filter((won) => won !== undefined)).toHaveLength(1);
  });

  test('TTLs follow the clock of the database, whatever this process believes', async () => {
    const store = await created('clock');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 });
    await store.compareAndSet(KEY, undefined, 'value', { ttlMs: 60_000.5 });
    expect((await store.get(KEY))?.value).toBe('value');
    const { rows } = await own.pool.query<{ left: number }>(
      `SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM ${own.name}.clock`,
    );
    expect(rows[0]?.left).toBeGreaterThan(50);
    expect(rows[0]?.left).toBeLessThanOrEqual(60.001);
    await store.compareAndSet('far', undefined, 'value', { ttlMs: 1e300 });
    expect((await store.get('far'))?.value).toBe('value');
  });

  test('inside a transaction of the host, time goes on', async () => {
    await created('transaction');
    const client = await own.pool.connect();
    try {
      await client.query('BEGIN');
      const store = postgresStore(client, { schema: own.name, table: 'transaction' });
      await store.compareAndSet(KEY, undefined, 'value', { ttlMs: 20 });
      await client.query('SELECT pg_sleep(0.03)');
      expect(await store.get(KEY)).toBeUndefined();
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  test('expired rows are cleared away by later writes', async () => {
    const store = await created('cleared');
    await store.compareAndSet('expired', undefined, 'value', { ttlMs: 1 });
    await own.pool.query('SELECT pg_sleep(0.005)');
    const writes = Array.from({ length: WRITES_UNTIL_CLEARED }, (_, index) =>
      store.compareAndSet(`key ${index}`, undefined, 'value', { ttlMs: 60_000 }),
    );
    await Promise.all(writes);
    const { rows } = await own.pool.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM ${own.name}.cleared`,
    );
    expect(rows[0]?.rows).toBe(WRITES_UNTIL_CLEARED);
  });

  test('24: each statement can find its rows by an index, however many there are', async () => {
    const statements = new Map<string, unknown[]>();
    const store = await created('indexed', {
      async query(text, values) {
        statements.set(text, values);
        return await own.pool.query(text, values);
      },
    });
    statements.clear();
    const jobs = store.schedule?.();
    const version = await store.compareAndSet(KEY, undefined, 'value');
    await store.compareAndSet(KEY, version, 'value', { ttlMs: 60_000 });
    await store.getMany?.([KEY]);
    await store.list('user');
    await store.delete(KEY, version);
    await jobs?.plan('job', 1);
    await jobs?.claim({ limit: 9, leaseMs: 60_000 });
    await jobs?.cancel('job', { claim: '1' });
    const writes = Array.from({ length: WRITES_UNTIL_CLEARED }, (_, index) =>
      store.compareAndSet(`key ${index}`, undefined, 'value', { ttlMs: 60_000 }),
    );
    await Promise.all(writes);
    const client = await own.pool.connect();
    // Tables this small are read whole unless that is forbidden.
    await client.query('SET enable_seqscan = off');
    const whole: string[] = [];
    for (const [text, values] of statements) {
      const { rows } = await client.query<Record<'QUERY PLAN', string>>(`EXPLAIN ${text}`, values);
      if (rows.some((row) => row['QUERY PLAN'].includes('Seq Scan'))) whole.push(text);
    }
    client.release(true);
    expect(statements.size).toBeGreaterThan(8);
    expect(whole).toEqual([]);
  });

  test('a connection that is cut is an error, and the next call has another', async () => {
    const pool = openPool({ max: 1 });
    pools.push(pool);
    const store = await created('cut', pool);
    await store.compareAndSet(KEY, undefined, CANARY.accessToken);
    const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const [blocked] = await Promise.all([
      storeFailure(postgresStore(sleeping(pool), { schema: own.name, table: 'cut' }).get(KEY)),
      own.pool.query('SELECT pg_sleep(0.05), pg_terminate_backend($1)', [rows[0]?.pid]),
    ]);
    expect(blocked.reason).toBe('unavailable');
    expect((await store.get(KEY))?.value).toBe(CANARY.accessToken);
  });

  test('what PostgreSQL says goes on as its code, without key and value', async () => {
    await own.pool.query(
      `CREATE TABLE ${own.name}.foreign_table (key bytea PRIMARY KEY, value bytea CHECK (length(value) < 5),
       version text, expires_at timestamptz)`,
    );
    const store = postgresStore(own.pool, { schema: own.name, table: 'foreign_table' });
    const error = await storeFailure(store.compareAndSet(KEY, undefined, CANARY.accessToken));
    expect(error.message).toBe('The PostgreSQL store failed (23514).');
    await own.pool.query(`INSERT INTO ${own.name}.foreign_table VALUES ($1, NULL, NULL, 'infinity')`, [
      Buffer.from(KEY),
    ]);
    expect((await storeFailure(store.get(KEY))).reason).toBe('corrupt');
  });

  test('what has its own parsers or names for columns is told so: nothing is taken for absent, or for done', async () => {
    const name = 'mapped';
    await (await created(name)).compareAndSet(KEY, undefined, 'value');
    const bytesAsText = openPool({
      types: { getTypeParser: (id) => (id === types.builtins.BYTEA ? String : types.getTypeParser(id)) },
    });
    pools.push(bytesAsText);
    // As PGlite answers, whose counts have another name.
    const uncounted = {
      query: async (text: string, values: unknown[]) => ({
        ...(await own.pool.query(text, values)),
        rowCount: null,
      }),
    };
    const on = (pool: PostgresPool) => postgresStore(pool, { schema: own.name, table: name });
    for (const call of [
      () => on(bytesAsText).list('user'),
      () => on(bytesAsText).get(KEY),
      () => on(uncounted).compareAndSet(KEY, undefined, 'other'),
      () => on(uncounted).compareAndSet(KEY, 'version', 'other'),
      () => on(uncounted).delete(KEY, 'version'),
    ])
      expect((await storeFailure(call())).reason).toBe('corrupt');
    expect((await on(own.pool).get(KEY))?.value).toBe('value');
  });

  test('24.1: jobs are claimed also where the host parses numbers in its own way, or its driver renames columns', async () => {
    const numbersAsText = openPool({
      types: { getTypeParser: (id) => (id === types.builtins.FLOAT8 ? String : types.getTypeParser(id)) },
    });
    pools.push(numbersAsText);
    const camelCased = {
      async query(text: string, values: unknown[]) {
        const { rows, rowCount } = await own.pool.query<Record<string, unknown>>(text, values);
        const camel = (column: string) =>
          column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
        const renamed = rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), value])),
        );
        return { rows: renamed, rowCount };
      },
    };
    for (const pool of [numbersAsText, camelCased]) {
      const schedule = (await created('jobs', pool)).schedule?.();
      const dueAt = Date.now() - 60_000;
      await schedule?.plan('job', dueAt);
      const [claimed] = (await schedule?.claim({ limit: 1, leaseMs: 60_000 })) ?? [];
      expect(claimed).toEqual({ job: 'job', dueAt: expect.any(Number), claim: expect.any(String) });
      expect(Math.abs((claimed?.dueAt ?? 0) - dueAt)).toBeLessThan(60_000);
    }
  });

  test('a server that is not there is unavailable, with the code of the network', async () => {
    const pool = openPool({ connectionString: 'postgres://postgres:canary-secret-1a2b@127.0.0.1:1/test' });
    pools.push(pool);
    expect((await storeFailure(postgresStore(pool).get(KEY))).message).toContain('ECONNREFUSED');
  });
});

/** A pool whose statements take so long that they can be cut. */
function sleeping(pool: Pool): PostgresPool {
  return {
    query: (text, values) => pool.query(text.replace('SELECT', 'SELECT pg_sleep(5),'), values),
  };
}
