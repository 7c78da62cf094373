import { createSchema, type OwnSchema } from '@context-sdk/test-support/postgres';
import { postgres } from '@context-sdk/test-support/services';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { storeConformance } from '../../src/stores/conformance/store-conformance.ts';
import { postgresStore } from '../../src/stores/postgres/postgres-store.ts';

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
