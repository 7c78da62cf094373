import { RateLimitError } from '@context-sdk/oauth-core';
import type { IoRedisClient } from '@context-sdk/oauth-core/redis';
import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { deleteKeys, type OpenClient, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { delayedClient } from './delayed-client.ts';

const LIMITS = [{ concurrency: 3 }];

for (const library of ['ioredis', 'redis'] as const)
  describe.skipIf(!redis.isThere)(`concurrency over processes, on ${library}${redis.note}`, () => {
    let open: OpenClient;
    const prefix = `${uniqueName()}:`;

    beforeAll(async () => {
      open = await REDIS_LIBRARIES[library]();
    });
    afterAll(async () => {
      await deleteKeys(prefix);
      await open.close();
    });

    test('20.2: never more at once in all of them together, and every call gets its turn', async () => {
      const limiters = [1, 2, 3].map(() => redisRateLimiter(open.client, { prefix }));
      let running = 0;
      let most = 0;
      const dispatch = async (): Promise<void> => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
      };
      const calls = limiters.flatMap((limiter) =>
        Array.from({ length: 8 }, () => limiter.run('key', dispatch, { limits: LIMITS })),
      );
      await Promise.all(calls);
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(3);
    });

    test('20.2: a call that may not wait is told at once that the slots of another process are taken', async () => {
      const [one, other] = [1, 2].map(() =>
        redisRateLimiter(open.client, { prefix, limits: [{ concurrency: 1 }] }),
      );
      let end = (): void => undefined;
      let began = (): void => undefined;
      const hasBegun = new Promise<void>((resolve) => (began = resolve));
      const long = one?.run('taken', () => {
        began();
        return new Promise<void>((resolve) => (end = resolve));
      });
      await hasBegun;
      await expect(other?.run('taken', async () => 1, { maxWaitMs: 0 })).rejects.toBeInstanceOf(
        RateLimitError,
      );
      end();
      await long;
      expect(await other?.run('taken', async () => 2)).toBe(2);
    });
  });

describe.skipIf(!redis.isThere)(`slots where Redis fails${redis.note}`, () => {
  const prefix = `${uniqueName()}:`;
  const ONE = [{ concurrency: 1 }];
  let client: Redis;
  beforeAll(async () => {
    client = new Redis(REDIS_URL);
    await client.ping();
  });
  afterAll(async () => {
    await deleteKeys(prefix);
    client.disconnect();
  });

  const limiterOf = (own: IoRedisClient, timeoutMs = 1000) =>
    redisRateLimiter(own, { prefix, limits: ONE, timeoutMs });
  /** A call that rejects unless its slot is free in time. */
  const next = (key: string): Promise<string> =>
    limiterOf(client).run(key, async () => 'next', { maxWaitMs: 5000 });

  test('20.2: a slot that was taken though its answer was lost is free again for the next call', async () => {
    let isLost = false;
    const lossy = delayedClient(client, async (answer) => {
      const given = await answer;
      if (isLost) return given;
      isLost = true;
      return await new Promise(() => undefined);
    });
    const call = limiterOf(lossy, 50).run('lost', async () => 'never');
    await expect(call).rejects.toMatchObject({ reason: 'unavailable' });
    expect(await next('lost')).toBe('next');
  });

  test('20.2: a slot that could not be freed at once is freed as soon as Redis is back', async () => {
    let failures = 0;
    const failing: IoRedisClient = {
      ...delayedClient(client, (answer) => answer),
      evalsha: async (...command) => {
        if (failures > 0 && failures-- > 0) throw new Error('Connection is closed.');
        return await client.evalsha(...command);
      },
    };
    const limiter = limiterOf(failing);
    await limiter.run('kept', async () => (failures = 1));
    expect(await next('kept')).toBe('next');
  });

  test('20.2: no slot outlasts a minute, also where the clock of Redis went back, as in a failover', async () => {
    const slots = `${prefix}{ahead}:slots`;
    const [seconds] = await client.time();
    await client.zadd(slots, (Number(seconds) + 3600) * 1000, 'of a process that died');
    await expect(limiterOf(client).run('ahead', async () => 1, { maxWaitMs: 0 })).rejects.toBeInstanceOf(
      RateLimitError,
    );
    const [now] = await client.time();
    const [, endsAt] = await client.zrange(slots, '0', '0', 'WITHSCORES');
    expect(Number(endsAt)).toBeLessThanOrEqual((Number(now) + 61) * 1000);
  });

  test('20.2: a call that is aborted while Redis is asked for its slot never goes, and frees the slot', async () => {
    const aborter = new AbortController();
    const aborting = delayedClient(client, async (answer) => {
      const given = await answer;
      aborter.abort(new Error('left'));
      return given;
    });
    const dispatch = vi.fn(async () => 'gone');
    const call = limiterOf(aborting).run('aborted', dispatch, { signal: aborter.signal });
    await expect(call).rejects.toThrow('left');
    expect(dispatch).not.toHaveBeenCalled();
    expect(await next('aborted')).toBe('next');
  });

  test('a client that maps types is told so, and nothing goes without limits', async () => {
    const numbersAsText = new Redis(REDIS_URL, { stringNumbers: true });
    const mapped = { reason: 'corrupt', message: expect.stringContaining('must not map types') };
    for (const limits of [ONE, [{ limit: 1, intervalMs: 60_000 }]])
      for (const more of [{}, { whenAway: 'local', share: 1 }] as const) {
        const limiter = redisRateLimiter(numbersAsText, { prefix, limits, ...more });
        await expect(limiter.run('mapped', async () => 1, { maxWaitMs: 100 })).rejects.toMatchObject(mapped);
      }
    numbersAsText.disconnect();
  });
});
