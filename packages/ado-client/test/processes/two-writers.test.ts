import { expect, test } from 'vitest';
import { twoWriters } from './two-writers.ts';

test('two processes change state, tags and a number of one item 50 times each: nothing is lost', async () => {
  const times = 50;
  // Every change toggles the state, takes the writer's last tag for its next, and counts one up.
  expect(await twoWriters(times)).toEqual({
    number: 2 * times,
    tags: ['kept', `one-${times}`, `two-${times}`],
    state: 'New',
    revisions: 2 * times,
  });
});
