import { redis } from '@context-sdk/test-support/services';
import { describe, expect, test } from 'vitest';
import { LIMIT, runWithFaults } from './run-with-faults.ts';

const MS = 30_000;

describe.skipIf(!redis.isThere)(`3 processes × 10 workers for half a minute${redis.note}`, () => {
  test.for([0, 0.01, 0.05, 0.1])('17: %f of the calls to Redis fail', { timeout: 120_000 }, async (share) => {
    const { most, use, failed } = await runWithFaults(share, MS);
    process.stdout.write(
      `${share * 100} % of the calls to Redis fail: use of the limit ${use.toFixed(2)}, ` +
        `at most ${most} of ${LIMIT} in any window, ${failed} calls failed\n`,
    );
    expect(most).toBeLessThanOrEqual(LIMIT);
  });
});
