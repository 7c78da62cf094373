import { RateLimitError } from '@context-sdk/oauth-core';
import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { deleteKeys, type OpenClient, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { uniqueName } from '@context-sdk/test-support/urls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

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
