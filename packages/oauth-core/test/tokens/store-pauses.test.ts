import {
  ConfigurationError,
  memoryStore,
  type RecordStore,
  StoreError,
  type TokenManager,
  type TokenManagerOptions,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

/** When a manager asks its store, to the millisecond. */

const SECOND = 1000;
const HOUR = 3600 * SECOND;
let provider: RotatingProvider;

beforeEach(() => {
  vi.useFakeTimers();
  // A process that has run for a day.
  vi.advanceTimersByTime(24 * HOUR);
  provider = new RotatingProvider({ leaseTtlMs: 30 * SECOND });
});
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('14: the store is asked', () => {
  /** A connection whose store counts its reads, and may be away. */
  async function watched() {
    const store = memoryStore();
    const state = { reads: 0, isAway: false };
    const get: RecordStore['get'] = async (key) => {
      state.reads += 1;
      if (state.isAway) throw new StoreError('unavailable', 'The store is away.');
      return await store.get(key);
    };
    const manager = provider.processOver(store, { change: { get } });
    const now = Date.now();
    await manager.save({ ...expiredTokens(), obtainedAt: now, expiresAt: now + HOUR });
    state.reads = 0;
    return { state, manager };
  }

  test('again after half a minute', async () => {
    const { state, manager } = await watched();
    await pass(30 * SECOND - 1);
    await manager.getAccessToken();
    expect(state.reads).toBe(0);
    await pass(1);
    await manager.getAccessToken();
    expect(state.reads).toBe(1);
  });

  test('after five seconds where it is away', async () => {
    const { state, manager } = await watched();
    state.isAway = true;
    await pass(30 * SECOND);
    expect(await manager.getAccessToken()).toBe('access-0');
    const { reads } = state;
    await pass(5 * SECOND - 1);
    await manager.getAccessToken();
    expect(state.reads).toBe(reads);
    await pass(1);
    expect(await manager.getAccessToken()).toBe('access-0');
    expect(state.reads).toBe(2 * reads);
  });
});

test('14: tokens that could not be stored are tried to be for an hour, further and further apart', async () => {
  const store = memoryStore();
  let isAway = false;
  const tries: number[] = [];
  const compareAndSet: RecordStore['compareAndSet'] = async (...parameters) => {
    if (isAway) tries.push(Date.now());
    if (isAway) throw new StoreError('unavailable', 'The store is away.');
    return await store.compareAndSet(...parameters);
  };
  const manager = provider.processOver(store, { change: { compareAndSet } });
  await manager.save(expiredTokens());
  const fetched = (): Response => {
    isAway = true;
    return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
  };
  provider.plan(fetched);
  const outcome = failure(manager.getAccessToken());
  await pass(40 * SECOND);
  expect(await outcome).toMatchObject({ reason: 'not-persisted' });
  tries.length = 0;
  const startedAt = Date.now();
  await pass(2 * HOUR);
  const pauses = tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? at)) / SECOND));
  expect(pauses.filter((pause) => pause > 1).slice(0, 7)).toEqual([2, 4, 8, 16, 32, 60, 60]);
  expect(tries.length).toBeGreaterThan(50);
  expect(tries.length).toBeLessThan(400);
  const [last = 0] = tries.slice(-1);
  expect(Math.round((last - startedAt) / HOUR)).toBe(1);
});

test.each<[Partial<TokenManagerOptions>, string | undefined]>([
  [{ refreshTimeoutMs: 25 * SECOND, leaseTtlMs: undefined }, undefined],
  [{ refreshTimeoutMs: 25 * SECOND + 1, leaseTtlMs: undefined }, 'leaseTtlMs'],
  [{ refreshTimeoutMs: undefined, leaseTtlMs: 15 * SECOND }, undefined],
  [{ refreshTimeoutMs: undefined, leaseTtlMs: 15 * SECOND - 1 }, 'leaseTtlMs'],
  [{ refreshTimeoutMs: 0 }, 'refreshTimeoutMs'],
  [{ client: undefined as never }, 'client'],
  [{ store: undefined as never }, 'store'],
])('14: a manager with %o: %s', (options, message) => {
  const make = (): TokenManager => provider.processOver(memoryStore(), options);
  if (message === undefined) expect(make).not.toThrow();
  else expect(make).toThrow(ConfigurationError);
  if (message !== undefined) expect(make).toThrow(message);
});
