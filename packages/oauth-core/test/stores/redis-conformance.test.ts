import { redisStore } from '@context-sdk/oauth-core/redis';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { deleteKeys, type OpenClient, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { uniqueName } from '@context-sdk/test-support/urls';
import { afterAll, beforeAll, describe, test } from 'vitest';

for (const [library, open] of Object.entries(REDIS_LIBRARIES))
  describe.skipIf(!redis.isThere)(`redisStore on ${library}${redis.note}`, () => {
    const own = `${uniqueName()}:`;
    const clients: OpenClient[] = [];
    let stores = 0;
    let prefix = '';
    beforeAll(async () => void clients.push(await open(), await open()));
    afterAll(async () => {
      await deleteKeys(own);
      for (const { close } of clients) await close();
    });
    const storeOf = (opened: OpenClient | undefined) => {
      if (opened === undefined) throw new Error('not connected');
      return redisStore(opened.client, { prefix });
    };

    storeConformance({
      test,
      createStore() {
        prefix = `${own}${++stores}:`;
        return storeOf(clients[0]);
      },
      reopen: () => storeOf(clients[1]),
    });
  });
