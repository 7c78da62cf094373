import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { withLease } from '@context-sdk/oauth-core/store-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const TTL = { ttlMs: 10_000 };
/** How long a lease is watched before it is taken over, in milliseconds. */
const WATCH_MS = 10_210;

let shared: RecordStore;
beforeEach(async () => {
  vi.useFakeTimers();
  shared = memoryStore();
  void withLease(process(), 'key', TTL, () => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(1);
});
afterEach(() => void vi.useRealTimers());

/** What another process has: the same records behind an object of its own. */
function process(change: Partial<RecordStore> = {}): RecordStore {
  return {
    get: (key) => shared.get(key),
    compareAndSet: (...parameters) => shared.compareAndSet(...parameters),
    delete: (...parameters) => shared.delete(...parameters),
    list: (...parameters) => shared.list(...parameters),
    ...change,
  };
}

/** Calls that each give up after so long, one after another, until one gets the lease. Gives how long that took. */
async function callUntilTaken(waitMs: number, storeOf: () => RecordStore): Promise<number> {
  const startedAt = performance.now();
  const lease = { isTaken: false };
  while (!lease.isTaken) {
    if (performance.now() - startedAt > 10 * TTL.ttlMs) return expect.fail('it is never taken over');
    const giveUp = new AbortController();
    const call = withLease(storeOf(), 'key', { ...TTL, signal: giveUp.signal }, async () => {
      lease.isTaken = true;
    });
    const outcome = call.catch(() => undefined);
    for (let waited = 0; waited < waitMs && !lease.isTaken; waited += 50)
      await vi.advanceTimersByTimeAsync(50);
    giveUp.abort();
    await outcome;
  }
  return performance.now() - startedAt;
}

test('I-8: calls that are shorter than the lease of a dead process take it over together', async () => {
  const store = process();
  const tookMs = await callUntilTaken(500, () => store);
  expect(tookMs).toBeGreaterThanOrEqual(WATCH_MS);
  expect(tookMs).toBeLessThan(WATCH_MS + 500);
});

test('I-8: so do calls that fail with the store', async () => {
  let calls = 0;
  const store = process({
    get: async (key) => {
      calls += 1;
      if (calls % 20 < 2) throw new Error('connection refused');
      return await shared.get(key);
    },
  });
  const tookMs = await callUntilTaken(500, () => store);
  expect(tookMs).toBeGreaterThanOrEqual(WATCH_MS);
  expect(tookMs).toBeLessThan(WATCH_MS + 1_000);
});

test('I-8: and processes that live shorter than the lease, however wrong their clocks are', async () => {
  const tookMs = await callUntilTaken(3_000, () => {
    vi.setSystemTime(Date.now() + (Math.random() - 0.5) * 7_200_000);
    return process();
  });
  expect(tookMs).toBeGreaterThanOrEqual(WATCH_MS);
  expect(tookMs).toBeLessThan(2 * WATCH_MS);
});

test('I-8: processes that watch at the same time do not make a lease end sooner', async () => {
  const both = [1, 2].map(() => callUntilTaken(3_000, () => process()));
  expect(Math.min(...(await Promise.all(both)))).toBeGreaterThanOrEqual(WATCH_MS);
});

test('I-5: what waiters note on a lease does not take it from its holder', async () => {
  const store = process();
  let end = (): void => undefined;
  const gate = new Promise<void>((resolve) => (end = resolve));
  const holder = withLease<string, void>(store, 'held', TTL, async (lease) => {
    await gate;
    await lease.save('saved');
  });
  await vi.advanceTimersByTimeAsync(1);
  const before = await shared.get('held');
  const waiter = withLease<string, string | undefined>(process(), 'held', TTL, async ({ value }) => value);
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await shared.get('held'))?.version).not.toBe(before?.version);
  end();
  await vi.advanceTimersByTimeAsync(100);
  await holder;
  expect(await waiter).toBe('saved');
});

test('17.5: processes that live for less than a second take over together, too', async () => {
  const tookMs = await callUntilTaken(700, () => process());
  expect(tookMs).toBeGreaterThanOrEqual(WATCH_MS);
  expect(tookMs).toBeLessThan(2 * WATCH_MS);
});

test('24.1: looks that do not wait add up, from one process to the next', async () => {
  const LOOK_EVERY_MS = 1_000;
  const startedAt = performance.now();
  const options = { ...TTL, ifHeld: () => false };
  const isTaken = async (store: RecordStore): Promise<boolean> => {
    const look = withLease(store, 'key', options, async () => true);
    const state = { isOver: false };
    void look.then(() => (state.isOver = true));
    while (!state.isOver) await vi.advanceTimersByTimeAsync(10);
    return await look;
  };
  while (!(await isTaken(process()))) await vi.advanceTimersByTimeAsync(LOOK_EVERY_MS);
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThanOrEqual(WATCH_MS);
  // Each is of a new process, and half a second of it counts.
  expect(tookMs).toBeLessThan(3.5 * WATCH_MS);
});
