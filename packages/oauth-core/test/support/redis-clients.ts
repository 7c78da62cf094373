import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { RedisClient } from '../../src/redis/redis-client.ts';
import { REDIS_URL } from './services.ts';

/** A connected client and the way to end it. */
export interface OpenClient {
  readonly client: RedisClient;
  close(): Promise<void>;
}

/** Both libraries, each by the name of its package. */
export const REDIS_LIBRARIES: Readonly<Record<'ioredis' | 'redis', (url?: string) => Promise<OpenClient>>> = {
  async ioredis(url = REDIS_URL) {
    const client = new Redis(url);
    client.on('error', () => undefined);
    return { client, close: async () => client.disconnect() };
  },
  async redis(url = REDIS_URL) {
    const client = createClient({ url });
    client.on('error', () => undefined);
    await client.connect();
    return { client, close: async () => client.destroy() };
  },
};

/** Deletes what lies under a prefix, and nothing else. */
export async function deleteKeys(prefix: string, url: string = REDIS_URL): Promise<void> {
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1000 })) {
      if (keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    client.disconnect();
  }
}
