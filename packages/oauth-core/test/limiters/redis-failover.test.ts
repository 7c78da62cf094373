import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { redisServer, startOwnRedis } from '@context-sdk/test-support/redis-server';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';

describe.skipIf(!redisServer.isThere)(`redisRateLimiter on a replica${redisServer.note}`, () => {
  test('24.4: a client that looks for the primary once it is refused a write hears of it', async () => {
    const replica = await startOwnRedis('--replicaof', '127.0.0.1', '1');
    const admin = new Redis(replica.url);
    let refusals = 0;
    const client = new Redis(replica.url, {
      reconnectOnError({ message }) {
        if (!message.startsWith('READONLY')) return false;
        refusals += 1;
        void admin.replicaof('NO', 'ONE');
        return 2;
      },
    });
    const limiter = redisRateLimiter(client, {
      limits: [{ limit: 2, intervalMs: 60_000 }],
      timeoutMs: 10_000,
    });
    const keys = ['one', 'other'];
    expect(await Promise.all(keys.map((key) => limiter.run(key, async () => key)))).toEqual(keys);
    expect(refusals).toBe(1);
    expect(await admin.dbsize()).toBe(4);
    for (const each of [admin, client]) each.disconnect();
    await replica.remove();
  });
});
