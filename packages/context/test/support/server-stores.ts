import { postgresStore } from '@context-sdk/context/postgres';
import { redisStore } from '@context-sdk/context/redis';
import type { RecordStore } from '@context-sdk/oauth-core';
import { createSchema } from '@context-sdk/test-support/postgres';
import { deleteKeys, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import type { Service } from '@context-sdk/test-support/service';
import { postgres, redis } from '@context-sdk/test-support/services';
import { uniqueName } from '@context-sdk/test-support/urls';

/** A store of a test's own on a server, and the way to end it. */
export interface OpenStore {
  store: RecordStore;
  close(): Promise<void>;
}

interface ServerStore {
  service: Service;
  open(): Promise<OpenStore>;
}

/** The stores that need a server, each with whether that is there. */
export const SERVER_STORES: Readonly<Record<'redis' | 'postgres', ServerStore>> = {
  redis: {
    service: redis,
    async open(): Promise<OpenStore> {
      const prefix = `${uniqueName()}:`;
      const { client, close } = await REDIS_LIBRARIES.ioredis();
      return {
        store: redisStore(client, { prefix }),
        async close() {
          await deleteKeys(prefix);
          await close();
        },
      };
    },
  },
  postgres: {
    service: postgres,
    async open(): Promise<OpenStore> {
      const { name: schema, pool, drop } = await createSchema();
      const store = postgresStore(pool, { schema });
      await store.createTable();
      return { store, close: drop };
    },
  },
};
