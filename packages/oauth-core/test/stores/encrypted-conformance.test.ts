import { memoryStore } from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { afterAll, describe, test } from 'vitest';
import { newPlace, SHARED_STORES, type SharedPlace } from '../support/shared-stores.ts';

describe('encryptedStore over memoryStore', () => {
  const keys = { one: new Uint8Array(32) };
  storeConformance({
    test,
    createStore: () => encryptedStore(memoryStore(), { current: 'one', keys }),
  });
});

for (const { kind, service } of SHARED_STORES.filter(({ kind: one }) => one !== 'file'))
  describe.skipIf(!service.isThere)(`encryptedStore over ${kind}${service.note}`, () => {
    const places: SharedPlace[] = [];
    afterAll(async () => {
      for (const place of places) await place.remove();
    });

    storeConformance({
      test,
      async createStore() {
        const place = await newPlace(kind, 'encrypted ');
        places.push(place);
        return place.open();
      },
      async reopen(store) {
        return (await places.at(-1)?.open()) ?? store;
      },
    });
  });
