import * as fc from 'fast-check';
import { expect, vi } from 'vitest';
import { stopClocks } from '../support/fast-clock.ts';
import { COMMANDS, type Model } from './commands.ts';
import { PROVIDERS, World } from './world.ts';

const NONE = { kind: 'none' } as const;

/** Runs histories of calls, edits, faults and crashes against the facade, which begin with some of the services connected. */
export async function runHistories({
  maxCommands = 8,
  ...options
}: {
  numRuns: number;
  maxCommands?: number;
  seed?: number;
  path?: string;
}): Promise<void> {
  const histories = fc.commands(COMMANDS, { maxCommands, size: '+1' });
  const connected = fc.subarray([...PROVIDERS], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(histories, fc.boolean(), connected, async (commands, push, providers) => {
      stopClocks();
      vi.setSystemTime(Date.parse('2027-03-01T08:00:00Z'));
      try {
        const world = new World(push);
        const setup = (): { model: Model; real: World } => ({ model: { tasks: new Map() }, real: world });
        for (const provider of providers) {
          await world.call(0, NONE, (context) => world.connect(context, provider));
        }
        await fc.asyncModelRun(setup, commands);
        await expectPeace(world);
      } finally {
        vi.useRealTimers();
      }
    }),
    { endOnFailure: false, ...options },
  );
}

/** Once everything works again, every change is told, none twice, and nothing is left of a user who goes. */
async function expectPeace(world: World): Promise<void> {
  expect(world.nonsense).toEqual([]);
  world.unhandled = 0;
  world.lostDeliveries = 0;
  for (const [process, minutes] of [7, 70, 70].entries()) {
    world.pass(minutes);
    await world.call(process % 2, NONE, (context) => context.runMaintenance());
  }
  const untold = world.expectations.filter(({ isTold }) => !world.events.some(isTold));
  expect(untold.map(({ what }) => what)).toEqual([]);
  if (!world.mayRepeat) {
    const ids = world.events.flatMap(({ source, id }) => (id === undefined ? [] : [`${source} ${id}`]));
    expect(ids).toEqual([...new Set(ids)]);
  }
  await expectLinksAgree(world);
  for (const provider of PROVIDERS) {
    await world.call(0, NONE, (context) => context.user('ada').connections.disconnect(provider));
  }
  world.pass(24 * 60);
  await world.call(1, NONE, (context) => context.runMaintenance());
  // Hooks that Azure DevOps did not delete are remembered, but not whose they were, until it has disabled them.
  const left = (await world.store.list('')).filter((key) => !key.startsWith('ended-hook/'));
  expect(left).toEqual([]);
}

/** What could be read of a link has one title, unless a conflict says otherwise, and is written once. */
async function expectLinksAgree(world: World): Promise<void> {
  const syncAll = (process: number) =>
    world.call(process, NONE, (context) => context.user('ada').links.syncAll());
  await syncAll(0);
  const outcome = await syncAll(1);
  if (outcome === 'crashed' || 'error' in outcome) return;
  for (const synced of outcome.value) {
    if ('error' in synced || synced.failures.length > 0) continue;
    expect(synced.writes).toBe(0);
    const { sides, conflicts } = synced.link;
    const titles = new Set(sides.flatMap(({ isGone, values }) => (isGone ? [] : (values.title ?? []))));
    if (!conflicts.some(({ field }) => field === 'title')) expect(titles.size).toBeLessThan(2);
  }
}
