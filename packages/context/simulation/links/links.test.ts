import { expect, test } from 'vitest';
import { runHistories } from './links.ts';

// 10,000 more are in links.soak.ts.
test('23.links: 300 histories of edits, crashes and services that normalize: no loop, no edit lost, no conflict that is none', () => {
  const { writes, conflicts } = runHistories({ numRuns: 300, seed: 23 });
  expect(writes).toBeGreaterThan(300);
  expect(conflicts).toBeGreaterThan(10);
});
