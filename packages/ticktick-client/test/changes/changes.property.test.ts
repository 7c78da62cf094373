import * as fc from 'fast-check';
import { test } from 'vitest';
import { follow, HISTORY } from './feed-history.ts';

test('18.feed: folding the events over the last snapshot gives the server’s state, whatever happened', async () => {
  await fc.assert(fc.asyncProperty(HISTORY, follow), { numRuns: 6, seed: 18 });
}, 120_000);
