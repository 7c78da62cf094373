import { redis } from '@context-sdk/test-support/services';
import { describe, expect, test } from 'vitest';
import { LIMIT, runWithFaults } from './run-with-faults.ts';

describe.skipIf(!redis.isThere)(`redisRateLimiter beside a Redis that fails${redis.note}`, () => {
  test('17: no window has more than the limit, whatever is lost', { timeout: 60_000 }, async () => {
    const { most, failed } = await runWithFaults(0.1, 4000);
    expect(failed).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(LIMIT);
  });
});
