import { test } from 'vitest';
import { runHistories } from './facade-model.ts';

// 5,000 more are in facade-model.soak.ts.
test('16: the facade as a model: 20 histories of calls, edits, faults and crashes', async () => {
  await runHistories({ numRuns: 20, seed: 3 });
}, 300_000);
