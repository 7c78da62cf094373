import type { RedisClient } from '@context-sdk/oauth-core/redis';
import { REDIS_URL } from './urls.ts';

/** A connected client and the way to end it. */
export interface OpenClient {
  readonly client: RedisClient;
  close(): Promise<void>;
}

/** Both libraries, each by the name of its package; a process loads the one that it uses. */
export const REDIS_LIBRARIES: Readonly<Record<'ioredis' | 'redis', (url?: string) => Promise<OpenClient>>> = {
  async ioredis(url = REDIS_URL) {
    const { Redis } = await import('ioredis');
    const client = new Redis(url);
    client.on('error', () => undefined);
    await client.ping();
    return { client, close: async () => client.disconnect() };
  },
  async redis(url = REDIS_URL) {
    const { createClient } = await import('redis');
    const client = createClient({ url });
    client.on('error', () => undefined);
    await client.connect();
    // `destroy` came with `redis` 5.
    return { client, close: () => client.disconnect() };
  },
};

/** Deletes what lies under a prefix, and nothing else. */
export async function deleteKeys(prefix: string, url: string = REDIS_URL): Promise<void> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1000 })) {
      if (keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    client.disconnect();
  }
}
