import { type Context, createContext } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BASE_URL, providersOf } from '../support/start-context.ts';

const SECOND = 1000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Processes that share a store, with one user of TickTick, and the prefixes that were looked through. */
async function startProcesses({ hasIndex = true } = {}) {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const kept = memoryStore();
  const scans: string[] = [];
  const store: RecordStore = {
    ...kept,
    scan(prefix) {
      scans.push(prefix);
      return kept.scan?.(prefix) ?? (async function* () {})();
    },
  };
  if (!hasIndex) delete store.schedule;
  const start = (): Context =>
    createContext({
      store,
      baseUrl: BASE_URL,
      rateLimiter: memoryRateLimiter(),
      fetch: (input, init) => sandbox.fetch(input, init),
      providers: providersOf(sandbox),
      onEvent: () => undefined,
    });
  await start().user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  return { start, scans };
}

for (const hasIndex of [true, false]) {
  test(`24.3: the first pass looks through all connections once (${hasIndex ? 'an' : 'no'} index)`, async () => {
    const { start, scans } = await startProcesses({ hasIndex });
    expect((await start().runMaintenance({ pollEveryMs: SECOND })).polled).toBe(1);
    expect(scans.filter((prefix) => prefix === 'connection/')).toHaveLength(1);
  });
}

test('24.3: a process that begins looks through nothing, and polls nobody early, if the interval is the one before', async () => {
  const { start, scans } = await startProcesses();
  await start().runMaintenance({ pollEveryMs: 30 * SECOND, maxPollEveryMs: 3600 * SECOND });
  scans.length = 0;
  vi.setSystemTime(Date.now() + 10 * SECOND);
  const options = { pollEveryMs: 30 * SECOND, maxPollEveryMs: 3600 * SECOND };
  expect(await start().runMaintenance(options)).toMatchObject({ connections: 0, polled: 0 });
  expect(scans).toEqual([]);
});

test('24.3: a process with a shorter interval than any before looks through all once, also after one with a longer interval', async () => {
  const { start, scans } = await startProcesses();
  for (const pollEveryMs of [10 * SECOND, 60 * SECOND, 10 * SECOND]) {
    scans.length = 0;
    await start().runMaintenance({ pollEveryMs });
    expect(scans.filter((prefix) => prefix === 'connection/')).toHaveLength(
      pollEveryMs < 60 * SECOND ? 1 : 0,
    );
    vi.setSystemTime(Date.now() + 70 * SECOND);
  }
});
