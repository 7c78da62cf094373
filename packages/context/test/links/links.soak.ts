import { beforeAll, expect, test } from 'vitest';
import { runHistories, warmUp } from './sandbox-histories.ts';

beforeAll(warmUp);

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

test.each(SEEDS)(
  '23.links: 50 histories in the sandbox, seed %i',
  async (seed) => {
    expect(await runHistories({ numRuns: 50, seed })).toBe(0);
  },
  600_000,
);
