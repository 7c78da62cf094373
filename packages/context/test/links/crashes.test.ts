import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { stopClocks } from '../support/fast-clock.ts';
import { LinkWorld, runHistories, warmUp } from './sandbox-histories.ts';

beforeAll(warmUp);
beforeEach(() => {
  stopClocks();
  vi.setSystemTime(Date.parse('2027-03-01T08:00:00Z'));
});
afterEach(() => void vi.useRealTimers());

/** Every third step, so that the tests stay quick: each is in `links.soak.ts`. */
const STEPS = Array.from({ length: 9 }, (_, index) => 1 + index * 3);

test.each(STEPS)(
  '23.links: a crash in step %i, whether or not it arrives: no write is taken for an edit',
  async (at) => {
    const world = new LinkWorld();
    await world.open();
    for (const arrives of [false, true]) {
      world.rename(arrives ? 'item' : 'task', at);
      await world.sync(0, { kind: 'crash', at, arrives });
      await world.expectPeace();
    }
    expect(world.conflicts).toEqual([]);
  },
);

test('23.links: a write to TickTick whose response is lost, and an edit of what it left: no conflict', async () => {
  const world = new LinkWorld();
  await world.open();
  let arrived = 0;
  for (let at = 14; at <= 18; at += 1) {
    world.rename('item', 0);
    await world.sync(0, { kind: 'crash', at, arrives: true });
    const { task, item } = world.titles();
    world.rename('task', 0);
    await world.expectPeace();
    if (task === item) arrived += 1;
    else await world.decide();
  }
  expect(arrived).toBeGreaterThan(1);
  expect(world.unrealConflicts()).toEqual([]);
});

// More are in links.soak.ts, and 10,000 of the reconciler alone in simulation/links.
test('23.links: histories in the sandbox: two processes, faults, crashes and edits on every side', async () => {
  expect(await runHistories({ numRuns: 8, seed: 5 })).toBe(0);
}, 300_000);
