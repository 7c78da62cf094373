import { beforeAll, expect, test } from 'vitest';
import { warmUp } from '../links/sandbox-histories.ts';
import { runHistories } from './life-cycle-histories.ts';

beforeAll(warmUp);

const SEEDS = Array.from({ length: 5 }, (_, index) => index + 1);

test.each(SEEDS)(
  '23.3: 50 histories of a task and its block, seed %i',
  async (seed) => {
    await expect(runHistories({ numRuns: 50, seed })).resolves.toBeUndefined();
  },
  600_000,
);
