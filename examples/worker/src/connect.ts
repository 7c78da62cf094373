import { type Context, contextFromEnv, type OnEvent, type RecordStore } from '@context-sdk/context';
import { redisStore } from '@context-sdk/context/redis';
import { redisRateLimiter } from '@context-sdk/context/redis-rate-limiter';
import { fetchFrom } from '@context-sdk/sandbox';
import { Redis } from 'ioredis';

/** What every process of the host has: one Redis for tokens, limits and queues, under one prefix. */
export interface Connected {
  redis: Redis;
  prefix: string;
  store: RecordStore;
  context(onEvent: OnEvent): Context;
}

export function connect(environment: NodeJS.ProcessEnv): Connected {
  const { REDIS_URL = 'redis://127.0.0.1:6379', PREFIX = 'context-worker', SANDBOX } = environment;
  // BullMQ waits for jobs on its connection for as long as it takes.
  const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
  const store = redisStore(redis, { prefix: `${PREFIX}:records:` });
  return {
    redis,
    prefix: PREFIX,
    store,
    context: (onEvent) =>
      contextFromEnv(environment, {
        store,
        rateLimiter: redisRateLimiter(redis, { prefix: `${PREFIX}:limits:` }),
        onEvent,
        ...(SANDBOX && { fetch: fetchFrom(SANDBOX) }),
      }),
  };
}
