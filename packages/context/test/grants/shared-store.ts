import { fileStore } from '@context-sdk/context/file';
import { postgresStore } from '@context-sdk/context/postgres';
import { redisStore } from '@context-sdk/context/redis';
import { sqliteStore } from '@context-sdk/context/sqlite';
import type { RecordStore } from '@context-sdk/oauth-core';

/** A store that several processes can open: its kind, and its path, prefix or schema. */
export interface SharedStore {
  kind: 'file' | 'sqlite' | 'redis' | 'postgres';
  name: string;
}

/** Opens it in this process. */
export async function openSharedStore({ kind, name }: SharedStore): Promise<RecordStore> {
  if (kind === 'file') return fileStore(name);
  if (kind === 'sqlite') return sqliteStore(name);
  if (kind === 'redis') {
    const { REDIS_LIBRARIES } = await import('@context-sdk/test-support/redis');
    const { client } = await REDIS_LIBRARIES.ioredis();
    return redisStore(client, { prefix: name });
  }
  const { openPool } = await import('@context-sdk/test-support/postgres');
  return postgresStore(openPool(), { schema: name });
}
