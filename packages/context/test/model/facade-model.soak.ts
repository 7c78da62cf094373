import { soakSeeds } from '@context-sdk/test-support/soak';
import { test } from 'vitest';
import { runHistories } from './facade-model.ts';

const HISTORIES_PER_SEED = 10;
const SEEDS = soakSeeds(1, 500);

test.each(SEEDS)(
  `16: the facade as a model: ${HISTORIES_PER_SEED} histories, seed %i`,
  async (seed) => {
    await runHistories({ numRuns: HISTORIES_PER_SEED, seed });
  },
  1_800_000,
);
