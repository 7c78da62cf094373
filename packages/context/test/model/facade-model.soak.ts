import { test } from 'vitest';
import { runHistories } from './facade-model.ts';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);

test.each(SEEDS)(
  '16: the facade as a model: 100 histories, seed %i',
  async (seed) => {
    await runHistories({ numRuns: 100, seed });
  },
  600_000,
);
