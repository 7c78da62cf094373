import { redis } from '@context-sdk/test-support/services';
import { expect, test } from 'vitest';
import { runBusy } from './processes/run-busy.ts';

test.skipIf(!redis.isThere)(
  `4 processes × 40 workers: no 3 seconds with more than 100 arrivals, with and without blocked event loops${redis.note}`,
  async () => {
    for (const blocks of ['free', 'blocked'] as const) {
      const { most, late, arrivals } = await runBusy(5_000, blocks);
      expect(most).toBeLessThanOrEqual(100 + late);
      expect(arrivals).toBeGreaterThan(100);
    }
  },
);
