import { encryptedStore } from '../../src/stores/encrypted-store.ts';
import { fileStore } from '../../src/stores/file-store.ts';
import { postgresStore } from '../../src/stores/postgres-store.ts';
import type { RecordStore } from '../../src/stores/record-store.ts';
import { redisStore } from '../../src/stores/redis-store.ts';
import { sqliteStore } from '../../src/stores/sqlite-store.ts';
import { openPool } from './postgres-schema.ts';
import { REDIS_LIBRARIES } from './redis-clients.ts';

/** A store with what it holds open. */
export interface OpenStore {
  readonly store: RecordStore;
  close(): Promise<void>;
}

/** The stores that several processes can share. */
export type SharedKind = 'sqlite' | 'file' | 'redis' | 'postgres';

/** What a location is depends on the kind: a path, a key prefix (perhaps behind the URL of a server), a schema. */
const OPENERS: Readonly<Record<SharedKind, (location: string) => OpenStore | Promise<OpenStore>>> = {
  sqlite(path) {
    const store = sqliteStore(path);
    return { store, close: async () => store.close() };
  },
  file: (directory) => ({ store: fileStore(directory), close: async () => undefined }),
  async redis(location) {
    const [prefix = '', url] = location.split(' ');
    const { client, close } = await REDIS_LIBRARIES.ioredis(url);
    return { store: redisStore(client, { prefix }), close };
  },
  async postgres(schema) {
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
  return { ...opened, store: encryptedStore(opened.store, TEST_KEYS) };
}
