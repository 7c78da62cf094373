import { OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { google } from '@context-sdk/oauth-core/providers';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { Redis } from 'ioredis';

export interface RedisMemory {
  /** Bytes of one token record, with tokens as long as Google's. */
  tokens: number;
  /** Bytes of an account's limiter keys: idle ones expire, so only busy accounts have some. */
  busyLimiter: number;
}

async function bytesOf(redis: Redis, pattern: string): Promise<number> {
  const keys = await redis.keys(pattern);
  const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key)));
  return sizes.reduce<number>((sum, size) => sum + Number(size), 0);
}

/** What Redis itself says that records and limits take. */
export async function redisMemory(): Promise<RedisMemory> {
  const redis = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379');
  const prefix = `context-bench-${crypto.randomUUID()}:`;
  try {
    const client = new OAuthClient({
      provider: google,
      clientId: 'id',
      clientSecret: 's',
      redirectUri: 'https://host.example/cb',
    });
    const store = redisStore(redis, { prefix: `${prefix}records:` });
    const tokens = new TokenManager({ client, store, key: 'token/user-1/google/default' });
    const obtainedAt = Date.now();
    await tokens.save({
      accessToken: 'a'.repeat(220),
      refreshToken: 'r'.repeat(103),
      idToken: 'i'.repeat(900),
      obtainedAt,
      expiresAt: obtainedAt + 3_599_000,
      scopes: [...google.defaultScopes],
    });
    const limits = [
      { limit: 100, intervalMs: 60_000 },
      { limit: 300, intervalMs: 300_000 },
    ];
    const limiter = redisRateLimiter(redis, { prefix: `${prefix}limits:`, limits });
    await Promise.all(
      Array.from({ length: 100 }, () => limiter.run('ticktick/user-1', async () => undefined)),
    );
    return {
      tokens: await bytesOf(redis, `${prefix}records:*`),
      busyLimiter: await bytesOf(redis, `${prefix}limits:*`),
    };
  } finally {
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  }
}
