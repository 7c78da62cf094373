import { expect, test } from 'vitest';
import { redis } from '../support/services.ts';
import { runBusy } from './processes/run-busy.ts';

test.skipIf(!redis.isThere)(
  `4 processes × 40 workers: no 3 seconds with more than 100 arrivals, with and without blocked event loops${redis.note}`,
  async () => {
    const reports = await Promise.all([runBusy(5_000, 'free'), runBusy(5_000, 'blocked')]);
    for (const { most, arrivals } of reports) {
      expect(most).toBeLessThanOrEqual(100);
      expect(arrivals).toBeGreaterThan(100);
    }
  },
);
