import { type RateLimiter, RateLimitError } from '@context-sdk/oauth-core';
import type { IoRedisClient } from '@context-sdk/oauth-core/redis';
import { redisRateLimiter, type RedisRateLimiterOptions } from '@context-sdk/oauth-core/redis-rate-limiter';
import { deleteKeys } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { delayedClient } from './delayed-client.ts';

const MINUTE = 60_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!redis.isThere).concurrent(`redisRateLimiter against the odds${redis.note}`, () => {
  const prefix = `${uniqueName()}:`;
  let client: Redis;
  let keys = 0;
  beforeAll(async () => {
    client = new Redis(REDIS_URL);
    await client.ping();
  });
  afterAll(async () => {
    await deleteKeys(prefix);
    client.disconnect();
  });

  const limiterOf = (
    limit: number,
    intervalMs: number,
    { own = client, ...options }: RedisRateLimiterOptions & { own?: IoRedisClient } = {},
  ): RateLimiter => redisRateLimiter(own, { prefix, limits: [{ limit, intervalMs }], ...options });
  const newKey = (): { key: string; log: string; state: string } => {
    const key = `key ${(keys += 1)}`;
    return { key, log: `${prefix}{${key}}:log`, state: `${prefix}{${key}}:state` };
  };

  /** How many of so many calls may go at once. */
  async function granted(
    limiter: RateLimiter,
    key: string,
    calls: number,
    limits?: typeof LONG,
  ): Promise<number> {
    const runs = Array.from({ length: calls }, () =>
      limiter.run(key, async () => 1, { limits, maxWaitMs: 0 }),
    );
    const settled = await Promise.allSettled(runs);
    for (const each of settled)
      if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(RateLimitError);
    return settled.filter(({ status }) => status === 'fulfilled').length;
  }

  test('a key with two limits, the long one first, is as fast after a rest as it was before', async () => {
    const { key } = newKey();
    const limits = [
      { limit: 1000, intervalMs: 2000 },
      { limit: 10, intervalMs: 500 },
    ];
    const limiter = redisRateLimiter(client, { prefix, limits });
    await Promise.all(Array.from({ length: 9 }, () => limiter.run(key, async () => undefined)));
    await wait(3500);
    const calls = Array.from({ length: 20 }, () => limiter.run(key, async () => 'went', { maxWaitMs: 4000 }));
    expect(await Promise.all(calls)).toHaveLength(20);
  });

  test.for(['log', 'state'] as const)(
    'where Redis evicts the %s alone, nobody gets what is used up, also who never asked before',
    async (which) => {
      const { [which]: evicted, key } = newKey();
      expect(await granted(limiterOf(5, MINUTE), key, 7)).toBe(5);
      await client.del(evicted);
      expect(await granted(limiterOf(5, MINUTE), key, 1)).toBe(0);
      expect(await granted(limiterOf(5, MINUTE), key, 1)).toBe(0);
    },
  );

  test('a request that takes longer than Redis keeps the key does not settle the permit of another', async () => {
    const { key, log, state } = newKey();
    const [one, other] = [limiterOf(1, 1000), limiterOf(1, 1000)];
    const long = Promise.withResolvers<void>();
    const first = one.run(key, () => long.promise);
    await wait(2200);
    await client.del(log, state);
    const slow = Promise.withResolvers<void>();
    const second = one.run(key, () => slow.promise);
    await wait(50);
    long.resolve();
    await first;
    await wait(400);
    const refusal: unknown = await other
      .run(key, async () => undefined, { maxWaitMs: 0 })
      .catch((error) => error);
    expect(refusal).toBeInstanceOf(RateLimitError);
    expect((refusal as RateLimitError).retryAfterMs).toBeGreaterThan(1200);
    slow.resolve();
    await second;
  });

  test('a call that costs much gets its turn while another process sends small ones all the time', async () => {
    const { key } = newKey();
    const [large, small] = [limiterOf(10, 1000), limiterOf(10, 1000)];
    const over = new AbortController();
    const light = (async () => {
      for (; !over.signal.aborted; await wait(120)) void small.run(key, () => wait(5)).catch(() => undefined);
    })();
    await wait(1500);
    expect(await large.run(key, async () => 'went', { cost: 5, maxWaitMs: 6000 })).toBe('went');
    over.abort();
    await light;
  });

  const LONG = [{ limit: 5, intervalMs: MINUTE }];
  const SHORT = [{ limit: 50, intervalMs: 100 }];

  test('a loss is noticed with the longest limits that a process asked for', async () => {
    const { key, log, state } = newKey();
    const limiter = redisRateLimiter(client, { prefix });
    expect(await granted(limiter, key, 5, LONG)).toBe(5);
    expect(await granted(limiter, key, 1, SHORT)).toBe(1);
    await wait(1300);
    await client.del(log, state);
    expect(await granted(limiter, key, 1, SHORT)).toBe(0);
    await wait(1300);
    expect(await granted(limiter, key, 5, LONG)).toBe(0);
    expect(await granted(limiterOf(5, MINUTE), key, 5)).toBe(0);
  });

  test('a pause outlives a clock of Redis that goes back', async () => {
    const { key, state } = newKey();
    await limiterOf(5, 1000).pause(key, MINUTE);
    await client.eval(
      `local epoch, number, seen, expires, paused, oldest, used, turns = cmsgpack.unpack(redis.call('GET', KEYS[1]))
       redis.call('SET', KEYS[1], cmsgpack.pack(epoch, number, seen + 5000, expires, paused + 5000, oldest, used, turns))`,
      1,
      state,
    );
    const refusal: unknown = await limiterOf(5, 1000)
      .run(key, async () => undefined, { maxWaitMs: 0 })
      .catch((error) => error);
    expect((refusal as RateLimitError).retryAfterMs).toBeGreaterThan(50_000);
  });

  /** Redis, whose answers wait for `open` while it is shut. */
  function gate(): IoRedisClient & { shut(): void; open(): void } {
    let opened = Promise.withResolvers<void>();
    opened.resolve();
    const later = async (answer: Promise<unknown>): Promise<unknown> => {
      await opened.promise;
      return answer;
    };
    return {
      ...delayedClient(client, later),
      shut: () => void (opened = Promise.withResolvers<void>()),
      open: () => opened.resolve(),
    };
  }

  test('a grant whose answer came too late is given back, also by a process that asked for the first time', async () => {
    const { key } = newKey();
    const own = gate();
    await limiterOf(1, 3000, { own }).run('another key', async () => undefined);
    own.shut();
    const late = limiterOf(1, 3000, { own, timeoutMs: 50 }).run(key, async () => 'late');
    await expect(late).rejects.toMatchObject({ reason: 'unavailable' });
    own.open();
    await wait(400);
    expect(await granted(limiterOf(1, 3000), key, 1)).toBe(1);
  });

  test('what went without Redis counts once, however often it was told', async () => {
    const { key, log } = newKey();
    const own = gate();
    const limiter = limiterOf(100, MINUTE, { own, timeoutMs: 50, whenAway: 'local', share: 0.5 });
    own.shut();
    for (let call = 0; call < 3; call += 1) {
      await limiter.run(key, async () => undefined);
      await wait(1100);
    }
    own.open();
    await wait(100);
    await limiter.run(key, async () => undefined);
    const spent = (await client.zrange(log, '0', '-1')).filter((member) => member.includes(':local-'));
    expect(spent).toHaveLength(3);
  });

  test('a share of exactly one unit is one unit', async () => {
    const nowhere = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 0, retryStrategy: () => null });
    nowhere.on('error', () => undefined);
    const limiter = limiterOf(49, MINUTE, { own: nowhere, whenAway: 'local', share: 1 / 49 });
    expect(await limiter.run('key', async () => 'went')).toBe('went');
    nowhere.disconnect();
  });

  test('a pause keeps the place in the queue of an ask that is on its way', async () => {
    const { key, state } = newKey();
    const one = limiterOf(1, 1000);
    await one.run(key, async () => undefined);
    const waiting = one.run(key, async () => undefined);
    await Promise.resolve();
    await one.pause(key, 0);
    const turns = await client.eval(
      `local turns = select(8, cmsgpack.unpack(redis.call('GET', KEYS[1])))
       return next(turns) and 'it waits' or 'nobody waits'`,
      1,
      state,
    );
    expect(turns).toBe('it waits');
    await waiting;
  });
});
