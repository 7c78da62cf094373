import { expect, test } from 'vitest';
import { runHistories } from './links.ts';

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

test.each(SEEDS)(
  '23.links: the reconciler as a model: 1,000 histories, seed %i',
  (seed) => {
    const findings = runHistories({ numRuns: 1_000, seed });
    expect(findings.unreal).toBe(0);
    console.log(JSON.stringify(findings));
  },
  600_000,
);
