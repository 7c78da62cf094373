import { redis } from '@context-sdk/test-support/services';
import { describe, expect, test } from 'vitest';
import { runBusy } from './processes/run-busy.ts';

const KINDS = [
  ['free', 0.97],
  ['blocked', 0.9],
] as const;

describe.skipIf(!redis.isThere)(`4 processes × 40 workers for a minute${redis.note}`, () => {
  test.for(KINDS)('event loops %s', { timeout: 120_000 }, async ([blocks, least]) => {
    const { most, late, use, arrivals } = await runBusy(60_500, blocks);
    process.stdout.write(
      `${blocks}: ${arrivals} arrivals, at most ${most} in any 3 s, ${late} took too long, use of the limit ${use.toFixed(3)}\n`,
    );
    expect(most).toBeLessThanOrEqual(100 + late);
    expect(use).toBeGreaterThanOrEqual(least);
  });
});
