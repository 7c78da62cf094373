import { beforeAll, expect, test } from 'vitest';
import { warmUp } from '../links/sandbox-histories.ts';
import { runHistories } from './life-cycle-histories.ts';

beforeAll(warmUp);

// More are in life-cycle.soak.ts.
test('23.3: histories with crashes, faults and two processes: one block with the task’s title while it is open, none after', async () => {
  await expect(runHistories({ numRuns: 6, seed: 3 })).resolves.toBeUndefined();
}, 120_000);
