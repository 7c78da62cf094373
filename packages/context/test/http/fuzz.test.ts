import { test } from 'vitest';
import { fuzzRoutes } from './fuzz.ts';

test('16: no route breaks, rejects or shows a secret, whatever it is sent', async () => {
  await fuzzRoutes({ numRuns: 300, seed: 16 });
}, 120_000);
