import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { readLeased, withLease } from '@context-sdk/oauth-core/store-kit';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const TTL_MS = 1000;
const DAY_MS = 24 * 3_600_000;
const never = (): Promise<never> => new Promise(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Call {
  method: 'get' | 'compareAndSet' | 'delete';
  at: number;
  value?: string;
  ttlMs?: number | undefined;
}

/** What another process has, with a list of its calls and when they were made, from the first on. */
function watched(
  shared: RecordStore,
  change: Partial<RecordStore> = {},
): { store: RecordStore; calls: Call[] } {
  const startedAt = performance.now();
  const calls: Call[] = [];
  const note = (call: Omit<Call, 'at'>): void =>
    void calls.push({ ...call, at: performance.now() - startedAt });
  const store: RecordStore = {
    list: (...parameters) => shared.list(...parameters),
    get(key) {
      note({ method: 'get' });
      return (change.get ?? shared.get.bind(shared))(key);
    },
    compareAndSet(key, expected, value, options) {
      note({ method: 'compareAndSet', value, ttlMs: options?.ttlMs });
      return (change.compareAndSet ?? shared.compareAndSet.bind(shared))(key, expected, value, options);
    },
    delete(...parameters) {
      note({ method: 'delete' });
      return (change.delete ?? shared.delete.bind(shared))(...parameters);
    },
  };
  return { store, calls };
}

const refused = (): Promise<never> => Promise.reject(new StoreError('unavailable', 'The store is away.'));

function timesOf(calls: readonly Call[], method: Call['method']): number[] {
  return calls.flatMap((call) => (call.method === method ? [Math.round(call.at)] : []));
}

describe('a record that is held', () => {
  test('outlives its lease by a day beyond its own TTL, and a mere lock by a day', async () => {
    const { store, calls } = watched(memoryStore());
    await withLease(store, 'lasting', { ttlMs: TTL_MS }, (lease) => lease.save('value', { ttlMs: 5000 }));
    void withLease(store, 'lasting', { ttlMs: TTL_MS }, never);
    void withLease(store, 'lock', { ttlMs: TTL_MS }, never);
    await vi.advanceTimersByTimeAsync(0);
    const held = calls.filter(({ value }) => value?.includes('"held":true') === true);
    expect(held.map(({ ttlMs }) => ttlMs)).toEqual([
      TTL_MS + DAY_MS,
      5000 + TTL_MS + DAY_MS,
      TTL_MS + DAY_MS,
    ]);
  });

  test.each([
    [0, 10],
    [0.95, 29],
  ])('is looked at every 10 to 30 ms: with the random number %f every %i ms', async (random, everyMs) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const shared = memoryStore();
    void withLease(watched(shared).store, 'key', { ttlMs: TTL_MS }, never);
    await vi.advanceTimersByTimeAsync(0);
    const { store, calls } = watched(shared);
    void withLease(store, 'key', { ttlMs: TTL_MS }, never);
    await vi.advanceTimersByTimeAsync(4 * everyMs);
    expect(timesOf(calls, 'get').slice(0, 4)).toEqual([0, everyMs, 2 * everyMs, 3 * everyMs]);
  });

  test('I-8: is taken at the first look after its time and 2 %, and not before', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const shared = memoryStore();
    void withLease(watched(shared).store, 'key', { ttlMs: TTL_MS }, never);
    await vi.advanceTimersByTimeAsync(0);
    const { store } = watched(shared);
    const work = vi.fn(never);
    void withLease(store, 'key', { ttlMs: TTL_MS }, work);
    await vi.advanceTimersByTimeAsync(1029);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2);
    expect(work).toHaveBeenCalledOnce();
  });

  test('17.5: carries notes of who waits: after half a second, and then after as long as it has watched, up to a second', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const shared = memoryStore();
    void withLease(watched(shared).store, 'key', { ttlMs: 10_000 }, never);
    await vi.advanceTimersByTimeAsync(0);
    const { store, calls } = watched(shared);
    void withLease(store, 'key', { ttlMs: 10_000 }, never);
    await vi.advanceTimersByTimeAsync(4500);
    const notes = calls.filter(({ method }) => method === 'compareAndSet');
    expect(notes.map(({ value }) => /"watchedMs":(\d+)/.exec(value ?? '')?.[1])).toEqual([
      '500',
      '1000',
      '2000',
      '3000',
      '4000',
    ]);
  });
});

describe('a store that fails', () => {
  test('is asked three times for the lease', async () => {
    const { store, calls } = watched(memoryStore(), { compareAndSet: refused });
    const call = failure(withLease(store, 'key', { ttlMs: TTL_MS }, never));
    await vi.advanceTimersByTimeAsync(200);
    expect(await call).toMatchObject({ reason: 'unavailable', message: 'The store is away.' });
    expect(timesOf(calls, 'compareAndSet')).toHaveLength(3);
  });

  test('is asked five times to save, with pauses that double', async () => {
    const shared = memoryStore();
    let isAway = false;
    const { store, calls } = watched(shared, {
      compareAndSet: (...parameters) => (isAway ? refused() : shared.compareAndSet(...parameters)),
    });
    const saved = withLease<string, unknown>(store, 'key', { ttlMs: 10_000 }, async (lease) => {
      isAway = true;
      calls.length = 0;
      return await failure(lease.save('value'));
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await saved).toMatchObject({ reason: 'unavailable' });
    expect(timesOf(calls, 'compareAndSet').slice(0, 5)).toEqual([0, 20, 60, 140, 300]);
  });

  test('I-5: a deletion whose response is lost counts only while the lease lasts', async () => {
    const shared = memoryStore();
    const { store } = watched(shared, {
      async delete(...parameters) {
        await shared.delete(...parameters);
        throw new StoreError('unavailable', "The store's response was lost.");
      },
    });
    await withLease(store, 'key', { ttlMs: TTL_MS }, (lease) => lease.save('value'));
    const inTime = withLease(store, 'key', { ttlMs: TTL_MS }, (lease) => lease.save(undefined));
    await inTime;
    await withLease(store, 'key', { ttlMs: TTL_MS }, (lease) => lease.save('value'));
    const late = failure(
      withLease(store, 'key', { ttlMs: TTL_MS }, async (lease) => {
        await vi.advanceTimersByTimeAsync(TTL_MS);
        await lease.save(undefined);
      }),
    );
    await vi.advanceTimersByTimeAsync(1000);
    expect(await late).toMatchObject({ reason: 'lease-lost' });
  });
});

test('a lease may last as long as a timer can', async () => {
  const options = { ttlMs: 2 ** 31 - 1 };
  expect(await withLease(memoryStore(), 'key', options, async () => 'worked')).toBe('worked');
});

test('a value of another shape than asked for is corrupt, and one of that shape is not', async () => {
  const store = memoryStore();
  const isText = (value: unknown): value is string => typeof value === 'string';
  await withLease<unknown, void>(store, 'text', { ttlMs: TTL_MS }, (lease) => lease.save('value'));
  await withLease<unknown, void>(store, 'number', { ttlMs: TTL_MS }, (lease) => lease.save(1));
  expect(await readLeased(store, 'text', isText)).toBe('value');
  expect(await failure(readLeased(store, 'number', isText))).toMatchObject({ reason: 'corrupt' });
});
