import { createHook } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Schedule } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { afterEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const SECOND = 1000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

afterEach(() => void vi.useRealTimers());

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** Maintenance that never comes to an end, since one connection hangs, and jobs of users who are gone, for it to do. */
function startEndless() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const kept = memoryStore();
  const due = ['connection/hangs/google/default'];
  const schedule: Schedule = {
    plan: async () => undefined,
    cancel: async () => undefined,
    claim: async ({ limit }) => due.splice(0, limit).map((job) => ({ job, dueAt: Date.now(), claim: '1' })),
  };
  const store: RecordStore = {
    ...kept,
    get: async (key) =>
      key === 'connection/hangs/google/default' ? await new Promise(() => undefined) : undefined,
  };
  let done = 0;
  const { context } = startContext({ store, schedule });
  context.startMaintenance({ onStep: () => (done += 1) });
  return {
    async run(seconds: number): Promise<void> {
      for (let second = 0; second < seconds; second++) await vi.advanceTimersByTimeAsync(SECOND);
    },
    async work(jobs: readonly string[]): Promise<void> {
      due.push(...jobs);
      const before = done;
      await vi.waitFor(
        async () => {
          await vi.advanceTimersByTimeAsync(SECOND);
          expect(done - before).toBe(jobs.length);
        },
        { timeout: 20_000, interval: 1 },
      );
    },
  };
}

async function promisesOf(work: () => Promise<void>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'PROMISE') count += 1;
    },
  }).enable();
  await work();
  hook.disable();
  return count;
}

test('24.3: a job of maintenance costs the same however long maintenance has been under way', async () => {
  const { run, work } = startEndless();
  await work(['connection/gone-0/ticktick/default']);
  const early = await promisesOf(() => work(['connection/gone-1/ticktick/default']));
  await run(2000);
  const late = await promisesOf(() => work(['connection/gone-2/ticktick/default']));
  expect(late).toBeLessThan(2 * early);
});

test('24.3: maintenance that never comes to an end does not remember what it has done', async () => {
  const { work } = startEndless();
  const jobs = (round: number): string[] =>
    Array.from(
      { length: 40 },
      (_, index) => `connection/${`${round}-${index}-`.repeat(20_000)}/ticktick/default`,
    );
  await work(jobs(0));
  const before = heap();
  for (let round = 1; round <= 10; round++) await work(jobs(round));
  expect(heap() - before).toBeLessThan(10_000_000);
});

test('24.3: a pass that finds nothing leaves nothing behind until maintenance is stopped', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const claims: number[] = [];
  const schedule: Schedule = {
    plan: async () => undefined,
    cancel: async () => undefined,
    claim: async ({ limit }) => {
      claims.push(limit);
      return [];
    },
  };
  const running = startContext({ schedule }).context.startMaintenance({ everyMs: SECOND });
  const pass = async (count: number): Promise<void> => {
    claims.length = 0;
    while (claims.length < count) await vi.advanceTimersByTimeAsync(SECOND);
    claims.length = 0;
  };
  await pass(2000);
  const before = heap();
  await pass(20_000);
  expect(heap() - before).toBeLessThan(3_000_000);
  const stopped = running.stop();
  await vi.advanceTimersByTimeAsync(0);
  await stopped;
});
