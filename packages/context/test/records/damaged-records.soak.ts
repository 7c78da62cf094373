import { soakSlice } from '@context-sdk/test-support/soak';
import { test } from 'vitest';
import { DAMAGES, expectDisconnect, expectHealing, noteOn, STORES } from './damage.ts';

const CASES = Object.keys(STORES)
  .filter((store) => noteOn(store) === '')
  .flatMap((store) => Object.keys(DAMAGES).map((how) => ({ store, how })));

test.each(soakSlice(CASES))(
  '16.15: store $store, $how: others go on, the user heals by signing in again, and can disconnect',
  async ({ store, how }) => {
    await expectHealing(store, how);
    await expectDisconnect(store, how);
  },
  300_000,
);
