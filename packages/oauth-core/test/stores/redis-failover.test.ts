import type { RecordStore } from '@context-sdk/oauth-core';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { failure } from '@context-sdk/test-support';
import { type OwnRedis, redisServer, startOwnRedis } from '@context-sdk/test-support/redis-server';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';
import { switchingStore } from '../support/switching-store.ts';

describe.skipIf(!redisServer.isThere)(`a replica is promoted${redisServer.note}`, () => {
  let primary: OwnRedis;
  let replica: OwnRedis;
  let clients: { primary: Redis; replica: Redis };
  let provider: RotatingProvider;
  /** What the processes' client is connected to. */
  let current: RecordStore;

  beforeEach(async () => {
    primary = await startOwnRedis('--repl-diskless-sync-delay', '0');
    replica = await startOwnRedis('--replicaof', '127.0.0.1', String(primary.port));
    clients = { primary: new Redis(primary.url), replica: new Redis(replica.url) };
    for (const client of Object.values(clients)) client.on('error', () => undefined);
    // A replica counts as soon as it is connected; that it follows shows with a write that it has confirmed.
    const follows = async (): Promise<void> => {
      await clients.primary.set('follows', '1');
      expect(await clients.primary.wait(1, 1_000)).toBe(1);
    };
    await vi.waitFor(follows, { timeout: 20_000 });
    provider = new RotatingProvider();
    current = waiting(redisStore(clients.primary), clients.primary);
    await provider.processOver(reconnecting()).save(expiredTokens());
  });
  afterEach(async () => {
    for (const client of Object.values(clients)) client.disconnect();
    await primary.remove();
    await replica.remove();
  });

  /** What is written or read counts once a replica has all that this client wrote, as in docs/scaling.md. */
  function waiting(store: RecordStore, client: Redis): RecordStore {
    const confirmed = async <R>(result: R): Promise<R> => {
      if ((await client.wait(1, 1_000)) < 1) throw new Error('No replica has it.');
      return result;
    };
    return {
      get: async (key) => await confirmed(await store.get(key)),
      list: (...parameters) => store.list(...parameters),
      delete: async (...parameters) => await confirmed(await store.delete(...parameters)),
      compareAndSet: async (...parameters) => await confirmed(await store.compareAndSet(...parameters)),
    };
  }

  const reconnecting = (): RecordStore => switchingStore(() => current);

  async function failOver(): Promise<void> {
    await primary.stop();
    await clients.replica.replicaof('NO', 'ONE');
    current = redisStore(clients.replica);
  }

  test('17: what a replica has confirmed is there afterwards, in all processes', async () => {
    expect(await provider.processOver(reconnecting()).getAccessToken()).toBe('access-1');
    await failOver();
    expect(await provider.processOver(reconnecting()).getAccessToken()).toBe('access-1');
    expect(provider.redeemed).toEqual(['refresh-0']);
  });

  test('17: tokens that were got while a replica is promoted are stored there', async () => {
    const options = { refreshTimeoutMs: 10_000, leaseTtlMs: 30_000 };
    const holder = provider.processOver(reconnecting(), options);
    provider.plan(async () => {
      await failOver();
      return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
    });
    expect(await holder.getAccessToken()).toBe('access-1');
    expect(await provider.processOver(reconnecting()).getAccessToken()).toBe('access-1');
    expect(provider.redeemed).toEqual(['refresh-0']);
  });

  test('17: a write that no replica confirms is no write: its tokens are stored where they can be', async () => {
    const manager = provider.processOver(reconnecting());
    provider.plan(async () => {
      // The replica has lost its primary, and with it what is written from here on.
      await clients.replica.replicaof('NO', 'ONE');
      return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
    });
    expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'not-persisted' });
    await failOver();
    await vi.waitFor(async () => expect(await manager.getAccessToken()).toBe('access-1'), {
      timeout: 20_000,
    });
    expect(await provider.processOver(reconnecting()).getAccessToken()).toBe('access-1');
    expect(provider.redeemed).toEqual(['refresh-0']);
  });

  test('24.4: a client that looks for the primary once it is refused a write finds it with the writes of one turn, too', async () => {
    const refusals: string[] = [];
    const client = new Redis(replica.url, {
      reconnectOnError({ message }) {
        if (!message.startsWith('READONLY')) return false;
        refusals.push(message);
        void clients.replica.replicaof('NO', 'ONE');
        return 2;
      },
    });
    const refusal = { message: 'The Redis store failed (READONLY).' };
    const ofReplica = redisStore(clients.replica);
    expect(
      await Promise.allSettled([
        ofReplica.compareAndSet('one', undefined, 'value'),
        ofReplica.get('nothing'),
      ]),
    ).toMatchObject([
      { status: 'rejected', reason: refusal },
      { status: 'fulfilled', value: undefined },
    ]);
    const store = redisStore(client);
    const versions = await Promise.all([
      store.compareAndSet('one', undefined, 'value'),
      store.compareAndSet('other', undefined, 'value'),
    ]);
    expect(await store.get('one')).toEqual({ value: 'value', version: versions[0] });
    expect(await store.get('other')).toEqual({ value: 'value', version: versions[1] });
    expect(refusals).toHaveLength(1);
    client.disconnect();
  });
});
