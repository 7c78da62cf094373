import { expect, test } from 'vitest';
import { twoWriters } from './two-writers.ts';

test('two processes change state, tags and a number of one item 500 times each: nothing is lost', async () => {
  const left = { number: 1000, tags: ['kept', 'one-500', 'two-500'], state: 'New', revisions: 1000 };
  expect(await twoWriters(500)).toEqual(left);
}, 300_000);
