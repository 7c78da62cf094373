import type { RateLimiter } from '@context-sdk/oauth-core';
import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { CLUSTER_LIBRARIES, type OwnCluster, startOwnCluster } from '@context-sdk/test-support/redis-cluster';
import { redisServer } from '@context-sdk/test-support/redis-server';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const TWO = [{ limit: 2, intervalMs: 60_000 }];

/** How many of three calls at once may go, per key. */
function grantedTo(limiter: RateLimiter, keys: readonly string[]): Promise<number[]> {
  return Promise.all(
    keys.map(async (key) => {
      const calls = [1, 2, 3].map(() => limiter.run(key, async () => 1, { maxWaitMs: 0 }).catch(() => 0));
      return (await Promise.all(calls)).reduce((sum, one) => sum + one, 0);
    }),
  );
}

describe.skipIf(!redisServer.isThere)(`redisRateLimiter on a Redis Cluster${redisServer.note}`, () => {
  let cluster: OwnCluster;
  beforeAll(async () => void (cluster = await startOwnCluster()));
  afterAll(() => cluster.remove());

  for (const [library, open] of Object.entries(CLUSTER_LIBRARIES))
    test(`keys of all nodes that ask at once, with ${library}`, async () => {
      const { client, close } = await open(cluster);
      const limiter = redisRateLimiter(client, { limits: TWO, prefix: `${library}:` });
      const keys = Array.from({ length: 40 }, (_, index) => `account ${index}`);
      expect(await grantedTo(limiter, keys)).toEqual(keys.map(() => 2));
      expect((await cluster.sizes()).every((size) => size >= 20)).toBe(true);
      await close();
    });

  test('a cluster behind a client that knows of none', async () => {
    const client = new Redis(cluster.nodes[0]?.url ?? '');
    const limiter = redisRateLimiter(client, { limits: TWO, prefix: 'plain:' });
    const keys: string[] = [];
    for (let index = 0; keys.length < 12; index++) {
      const slot = await client.cluster('KEYSLOT', `{account ${index}}`);
      if (slot < 8192) keys.push(`account ${index}`);
    }
    expect(await grantedTo(limiter, keys)).toEqual(keys.map(() => 2));
    client.disconnect();
  });
});
