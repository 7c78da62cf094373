import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { createSchema, type OwnSchema } from '@context-sdk/test-support/postgres';
import { postgres } from '@context-sdk/test-support/services';
import { afterAll, beforeAll, describe, test } from 'vitest';

describe.skipIf(!postgres.isThere)(`postgresStore${postgres.note}`, () => {
  let own: OwnSchema;
  let stores = 0;
  beforeAll(async () => void (own = await createSchema()));
  afterAll(() => own.drop());
  const open = () => postgresStore(own.pool, { schema: own.name, table: `records ${stores}` });

  storeConformance({
    test,
    async createStore() {
      stores += 1;
      const store = open();
      await store.createTable();
      return store;
    },
    reopen: () => open(),
  });
});
