import { type RateLimiter, StoreError } from '@context-sdk/oauth-core';
import type { IoRedisClient } from '@context-sdk/oauth-core/redis';
import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { deleteKeys } from '@context-sdk/test-support/redis';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { mostInAnyWindow } from './windows.ts';

export const LIMIT = 30;
const INTERVAL_MS = 1500;
const PROCESSES = 3;
const WORKERS = 10;
const AFTER_FAILURE_MS = 20;

/** What came of calls through a store that fails. */
export interface FaultyRun {
  /** The most units in any window of the interval. */
  most: number;
  /** The units that went, of those that the limit allows. */
  use: number;
  /** Calls that failed with the store. */
  failed: number;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A client of which this share of the scripts fails: half are never run, of the others the response is lost. */
function failingClient(client: Redis, share: number): IoRedisClient {
  const call = async (run: () => Promise<unknown>): Promise<unknown> => {
    const isLost = Math.random() < share;
    if (isLost && Math.random() < 0.5) throw new Error('Connection is closed.');
    const response = await run();
    if (isLost) throw new Error('Connection is closed.');
    return response;
  };
  return {
    options: {},
    get: (key) => client.get(key),
    scan: (...options) => client.scan(...options),
    eval: (...options) => call(() => client.eval(...options)),
    evalsha: (...options) => call(() => client.evalsha(...options)),
  };
}

/** Calls for so long through several limiters, each with connections of its own, that share one key in Redis. */
export async function runWithFaults(share: number, ms: number): Promise<FaultyRun> {
  const prefix = `${uniqueName()}:`;
  const clients = Array.from({ length: PROCESSES }, () => new Redis(REDIS_URL));
  const dispatches: { at: number; cost: number }[] = [];
  let failed = 0;
  const endsAt = performance.now() + ms;
  const work = async (limiter: RateLimiter): Promise<void> => {
    while (performance.now() < endsAt) {
      try {
        const maxWaitMs = Math.max(0, endsAt - performance.now());
        await limiter.run(
          'key',
          async () => {
            dispatches.push({ at: performance.now(), cost: 1 });
            await wait(Math.random() * 20);
          },
          { maxWaitMs },
        );
      } catch (error) {
        if (error instanceof StoreError) failed += 1;
        await wait(AFTER_FAILURE_MS);
      }
    }
  };
  const limiters = clients.map((client) =>
    redisRateLimiter(failingClient(client, share), {
      prefix,
      limits: [{ limit: LIMIT, intervalMs: INTERVAL_MS }],
    }),
  );
  await Promise.all(limiters.flatMap((limiter) => Array.from({ length: WORKERS }, () => work(limiter))));
  for (const client of clients) client.disconnect();
  await deleteKeys(prefix);
  const use = dispatches.length / (LIMIT * (1 + Math.floor(ms / INTERVAL_MS)));
  return { most: mostInAnyWindow(dispatches, INTERVAL_MS), use, failed };
}
