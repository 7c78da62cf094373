import { describe, test } from 'vitest';
import { DAMAGES, expectDisconnect, expectHealing, noteOn, STORES } from './damage.ts';

describe.each(Object.keys(STORES).filter((name) => noteOn(name) === ''))(
  '16.15: damaged records in the store %s',
  (name) => {
    test.each(Object.keys(DAMAGES))(
      '%s: others go on, and the user heals by signing in again',
      async (how) => {
        await expectHealing(name, how);
      },
    );

    test.each(Object.keys(DAMAGES))('%s: the user can disconnect', async (how) => {
      await expectDisconnect(name, how);
    });
  },
);
