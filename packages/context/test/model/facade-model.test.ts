import { test } from 'vitest';
import { runHistories } from './facade-model.ts';

// 5,000 longer ones are in facade-model.soak.ts.
test('16: the facade as a model: 200 short histories of calls, edits, faults and crashes', async () => {
  await runHistories({ numRuns: 200, maxCommands: 4, seed: 3 });
}, 300_000);
