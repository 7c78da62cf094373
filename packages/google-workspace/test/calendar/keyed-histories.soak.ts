import * as fc from 'fast-check';
import { test } from 'vitest';
import { runKeyedHistory, STEPS } from './keyed-histories.ts';

test('19.10: 300 random histories of keyed events, by two processes', { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(STEPS, runKeyedHistory), { numRuns: 300 });
});
