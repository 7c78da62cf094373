import type { RecordStore } from '@context-sdk/oauth-core';

/** A store with what it holds open. */
export interface OpenStore {
  readonly store: RecordStore;
  close(): Promise<void>;
}

/** The stores that several processes can share. */
export type SharedKind = 'sqlite' | 'file' | 'redis' | 'postgres';

/**
 * What a location is depends on the kind: a path, a key prefix (perhaps behind the URL of a server), a schema. A process
 * loads the store that it opens: many start at once.
 */
const OPENERS: Readonly<Record<SharedKind, (location: string) => Promise<OpenStore>>> = {
  async sqlite(path) {
    const { sqliteStore } = await import('../../src/stores/sqlite/sqlite-store.ts');
    const store = sqliteStore(path);
    return { store, close: async () => store.close() };
  },
  async file(directory) {
    const { fileStore } = await import('../../src/stores/file/file-store.ts');
    return { store: fileStore(directory), close: async () => undefined };
  },
  async redis(location) {
    const { redisStore } = await import('../../src/stores/redis/redis-store.ts');
    const { REDIS_LIBRARIES } = await import('@context-sdk/test-support/redis');
    const [prefix = '', url] = location.split(' ');
    const { client, close } = await REDIS_LIBRARIES.ioredis(url);
    return { store: redisStore(client, { prefix }), close };
  },
  async postgres(schema) {
    const { postgresStore } = await import('../../src/stores/postgres/postgres-store.ts');
    const { openPool } = await import('@context-sdk/test-support/postgres');
    const pool = openPool({ max: 2, application_name: schema });
    return { store: postgresStore(pool, { schema }), close: () => pool.end() };
  },
};

const TEST_KEYS = { current: 'test', keys: { test: new Uint8Array(32).fill(7) } };

/** Opens a store as a process of its own would; `encrypted redis` opens the encrypted store over Redis. */
export async function openStore(kind: string, location: string): Promise<OpenStore> {
  const inner = kind.replace('encrypted ', '');
  if (!(inner in OPENERS)) throw new Error(`There is no store of the kind ${inner}.`);
  const opened = await OPENERS[inner as SharedKind](location);
  if (inner === kind) return opened;
  const { encryptedStore } = await import('../../src/stores/encrypted/encrypted-store.ts');
  return { ...opened, store: encryptedStore(opened.store, TEST_KEYS) };
}
