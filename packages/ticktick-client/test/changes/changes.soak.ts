import * as fc from 'fast-check';
import { test } from 'vitest';
import { follow, HISTORY } from './feed-history.ts';

const HISTORIES = 300;

test(`18.feed: ${HISTORIES} histories with all that users reported end in the server’s state`, async () => {
  await fc.assert(fc.asyncProperty(HISTORY, follow), { numRuns: HISTORIES });
}, 1_800_000);
