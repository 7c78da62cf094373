import { expect, test } from 'vitest';
import { linkWriters } from './link-writers.ts';

test('21: two processes add, remove and re-parent links of ten items 30 times each: nothing is lost, nothing is there that nobody added', async () => {
  const { kept, related, withParent, items } = await linkWriters(30);
  expect(related).toEqual(kept);
  expect(withParent).toEqual(items);
}, 120_000);
