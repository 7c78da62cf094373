import type { Context } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { hang } from '../support/hang.ts';
import { googleTokens, startContext } from '../support/start-context.ts';

const MINUTE_MS = 60_000;
const KEY = 'feed/ada/google-calendar';

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

/** A user of a host, and new processes of it: what a process has seen it remembers by its store. */
async function start(without: readonly (keyof RecordStore)[] = []) {
  const inner = memoryStore();
  const first = startContext({ store: { ...inner }, push: false });
  await fastForward(first.connectedUser());
  await fastForward(first.context.runMaintenance());
  const newProcess = () => {
    const store = Object.fromEntries(
      Object.entries(inner).filter(([name]) => !without.includes(name as never)),
    );
    return startContext({ emulated: first.sandbox, store: store as object as RecordStore, push: false })
      .context;
  };
  const state = async () =>
    JSON.parse((await inner.get(KEY))?.value ?? '{}') as {
      data: { polledAt: number };
      lease: { id: string };
    };
  /** As a process leaves it that dies in the middle of a poll. */
  const die = async (): Promise<void> => {
    const record = await inner.get(KEY);
    const lease = { id: 'dead', ttlMs: 15_000, held: true };
    await inner.compareAndSet(KEY, record?.version, JSON.stringify({ ...(await state()), lease }));
  };
  return { newProcess, state, die };
}

for (const without of [[], ['schedule']] as const)
  test(`24.cron: what a dead process held is polled by the next pass, each of a new process (${without.length === 0 ? 'a store with a schedule' : 'one without'})`, async () => {
    const { newProcess, state, die } = await start(without);
    await die();
    vi.advanceTimersByTime(5 * MINUTE_MS);
    const { polledAt } = (await state()).data;
    const report = await fastForward(newProcess().runMaintenance());
    expect(report.failures).toEqual([]);
    expect((await state()).data.polledAt).toBeGreaterThan(polledAt);
    expect((await state()).lease.id).not.toBe('dead');
  });

test('24.cron: what a dead process held is polled by steps, each of a new process', async () => {
  const { newProcess, state, die } = await start();
  await die();
  vi.advanceTimersByTime(5 * MINUTE_MS);
  for (let step = 0; step < 60 && (await state()).lease.id === 'dead'; step += 1) {
    const { dueAt = 0, isHeld } = await fastForward(newProcess().maintain('connection/ada/google/default'));
    if ((await state()).lease.id !== 'dead') break;
    expect([isHeld, dueAt - Date.now() <= 3_000]).toEqual([true, true]);
    vi.advanceTimersByTime(Math.max(0, dueAt - Date.now()));
  }
  expect((await state()).lease.id).not.toBe('dead');
});

test('24.cron: a pass that is told to end has given back what it began', async () => {
  const inner = memoryStore();
  const sandbox = createSandbox({ seed: 'empty' });
  const ending = new AbortController();
  const state = { isHanging: false };
  const newProcess = (): Context =>
    startContext({
      emulated: sandbox,
      store: { ...inner },
      push: false,
      fetch: async (input, init) => {
        if (!state.isHanging) return await sandbox.fetch(input, init);
        setTimeout(() => ending.abort(new Error('The function has to end.')), 3_000);
        return await hang(input, init);
      },
    }).context;
  const first = newProcess();
  await fastForward(first.user('ada').connections.import('google', googleTokens(sandbox)));
  await fastForward(first.runMaintenance());
  vi.advanceTimersByTime(5 * MINUTE_MS);
  state.isHanging = true;
  const { signal } = ending;
  await expect(fastForward(newProcess().runMaintenance({ signal }))).rejects.toThrow('has to end');
  state.isHanging = false;
  expect(JSON.parse((await inner.get(KEY))?.value ?? '{}')).toMatchObject({ lease: { held: false } });
  const { polled } = await fastForward(newProcess().runMaintenance());
  expect(polled).toBe(2);
});
