import type { RecordStore } from '@context-sdk/oauth-core';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { failure } from '@context-sdk/test-support';
import { openPool } from '@context-sdk/test-support/postgres';
import {
  type OwnPostgres,
  postgresServer,
  startOwnPostgres,
} from '@context-sdk/test-support/postgres-server';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';
import { switchingStore } from '../support/switching-store.ts';

/** A primary that confirms a commit once its replica has it: `synchronous_commit` on, and `synchronous_standby_names`. */
describe.skipIf(!postgresServer.isThere)(`PostgreSQL's replica is promoted${postgresServer.note}`, () => {
  let primary: OwnPostgres;
  let replica: OwnPostgres;
  let pools: { primary: Pool; replica: Pool };
  let provider: RotatingProvider;
  /** What the processes' pools are connected to. */
  let current: RecordStore;

  beforeEach(async () => {
    primary = await startOwnPostgres();
    replica = await primary.startReplica();
    pools = { primary: poolOf(primary), replica: poolOf(replica) };
    await pools.primary.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await pools.primary.query('SELECT pg_reload_conf()');
    const follows = async (): Promise<void> => {
      const { rows } = await pools.primary.query('SELECT sync_state FROM pg_stat_replication');
      expect(rows).toEqual([{ sync_state: 'sync' }]);
    };
    await vi.waitFor(follows, { timeout: 20_000 });
    const store = postgresStore(pools.primary, { timeoutMs: 1_000 });
    await store.createTable();
    current = store;
    provider = new RotatingProvider();
    await provider.processOver(reconnecting()).save(expiredTokens());
  }, 120_000);
  afterEach(async () => {
    await primary.remove();
    await replica.remove();
    for (const pool of Object.values(pools)) await pool.end();
  });

  function poolOf({ url }: OwnPostgres): Pool {
    return openPool({ connectionString: url, connectionTimeoutMillis: 1_000 });
  }

  const reconnecting = (): RecordStore => switchingStore(() => current);

  async function promote(): Promise<void> {
    await pools.replica.query('SELECT pg_promote()');
    current = postgresStore(pools.replica, { timeoutMs: 1_000 });
  }

  test('17: what the replica has confirmed is there afterwards, and tokens that were got meanwhile are stored there', async () => {
    const before = { key: 'before' };
    await provider.processOver(reconnecting(), before).save(expiredTokens());
    expect(await provider.processOver(reconnecting(), before).getAccessToken()).toBe('access-1');
    const holder = provider.processOver(reconnecting(), { refreshTimeoutMs: 10_000, leaseTtlMs: 60_000 });
    provider.plan(async () => {
      await primary.crash();
      await promote();
      return Response.json({ access_token: 'meanwhile', refresh_token: 'refresh-2', expires_in: 3600 });
    });
    expect(await holder.getAccessToken()).toBe('meanwhile');
    expect(await provider.processOver(reconnecting()).getAccessToken()).toBe('meanwhile');
    expect(await provider.processOver(reconnecting(), before).getAccessToken()).toBe('access-1');
    expect(provider.redeemed).toEqual(['refresh-0', 'refresh-0']);
  });

  test('17: a commit that no replica confirms is none: its tokens are stored where they can be', async () => {
    const manager = provider.processOver(reconnecting());
    provider.plan(async () => {
      await replica.crash();
      return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
    });
    expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'not-persisted' });
    await primary.crash();
    await replica.start();
    await promote();
    await vi.waitFor(async () => expect(await manager.getAccessToken()).toBe('access-1'), {
      timeout: 20_000,
    });
    expect(await provider.processOver(reconnecting()).getAccessToken()).toBe('access-1');
    expect(provider.redeemed).toEqual(['refresh-0']);
  });
});
