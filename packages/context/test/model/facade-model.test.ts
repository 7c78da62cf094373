import { test } from 'vitest';
import { runHistories } from './facade-model.ts';

// 5,000 more are in facade-model.soak.ts.
test.each([1, 2, 3, 4])(
  '16: the facade as a model: fifty histories of calls, edits, faults and crashes, seed %i',
  async (seed) => {
    await runHistories({ numRuns: 50, seed });
  },
  300_000,
);
