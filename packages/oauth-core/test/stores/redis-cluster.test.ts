import { redisStore } from '@context-sdk/oauth-core/redis';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import type { OpenClient } from '@context-sdk/test-support/redis';
import { CLUSTER_LIBRARIES, type OwnCluster, startOwnCluster } from '@context-sdk/test-support/redis-cluster';
import { redisServer } from '@context-sdk/test-support/redis-server';
import { Cluster } from 'ioredis';
import { createCluster } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

describe.skipIf(!redisServer.isThere)(`redisStore on a Redis Cluster${redisServer.note}`, () => {
  let cluster: OwnCluster;
  beforeAll(async () => void (cluster = await startOwnCluster()));
  afterAll(() => cluster.remove());

  for (const [library, open] of Object.entries(CLUSTER_LIBRARIES))
    describe(`with ${library}`, () => {
      const clients: OpenClient[] = [];
      let stores = 0;
      const storeOf = (prefix: string) => {
        const [opened] = clients;
        if (opened === undefined) throw new Error('not connected');
        return redisStore(opened.client, { prefix });
      };
      beforeAll(async () => void clients.push(await open(cluster)));
      afterAll(async () => {
        for (const { close } of clients) await close();
      });

      storeConformance({ test, createStore: () => storeOf(`${library} ${++stores}:`) });

      test('records spread over the nodes, and are listed from all of them', async () => {
        const store = storeOf(`${library} spread:`);
        const before = await cluster.sizes();
        const keys = Array.from({ length: 60 }, (_, index) => `user-${index}/{tag}/default`).toSorted();
        for (const key of keys) await store.compareAndSet(key, undefined, 'value');
        const after = await cluster.sizes();
        expect(after.every((size, node) => size >= (before[node] ?? 0) + 10)).toBe(true);
        expect(await store.list('user-')).toEqual(keys);
      });
    });

  test('a client that has just been made lists what is on all nodes, or says that it is not connected', async () => {
    const seed = cluster.nodes[0];
    const client = new Cluster([{ host: '127.0.0.1', port: seed?.port ?? 0 }]);
    const unconnected = createCluster({ rootNodes: [{ url: seed?.url ?? '' }] });
    const keys = Array.from({ length: 20 }, (_, index) => `user-${index}/tag`).toSorted();
    const prefix = 'new client:';
    const store = redisStore(client, { prefix });
    const first = await store.list('user-');
    await Promise.all(keys.map((key) => store.compareAndSet(key, undefined, 'value')));
    client.disconnect();
    const another = new Cluster([{ host: '127.0.0.1', port: seed?.port ?? 0 }]);
    expect(first).toEqual([]);
    expect(await redisStore(another, { prefix }).list('user-')).toEqual(keys);
    another.disconnect();
    await expect(redisStore(unconnected, { prefix }).list('user-')).rejects.toMatchObject({
      reason: 'unavailable',
    });
  });
});
