import { expect, test } from 'vitest';
import { linkWriters } from './link-writers.ts';

test('21: two processes add, remove and re-parent links of ten items 500 times each: nothing is lost, nothing is there that nobody added', async () => {
  const { kept, related, withParent, items } = await linkWriters(500);
  expect(related).toEqual(kept);
  expect(withParent).toEqual(items);
}, 600_000);
