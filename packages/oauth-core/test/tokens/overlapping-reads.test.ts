import { memoryStore, type RecordStore, StoreError, type TokenManager } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Read = Awaited<ReturnType<RecordStore['get']>>;

/** A store whose reads wait until the test lets them reach it, and until it lets them come back. */
class StoreByHand {
  readonly shared: RecordStore = memoryStore();
  isAway = false;
  readonly #reads: { arrive: () => void; comeBack: () => void }[] = [];

  readonly get = async (key: string): Promise<Read> => {
    if (this.isAway) throw new StoreError('unavailable', 'The store is away.');
    const arrival = Promise.withResolvers<void>();
    const wayBack = Promise.withResolvers<void>();
    this.#reads.push({ arrive: arrival.resolve, comeBack: wayBack.resolve });
    await arrival.promise;
    const record = await this.shared.get(key);
    await wayBack.promise;
    return record;
  };

  /** The read that began as the n-th, from 1, sees the record as it is now. */
  async arrive(read: number): Promise<void> {
    this.#reads[read - 1]?.arrive();
    await vi.advanceTimersByTimeAsync(0);
  }

  async comeBack(read: number): Promise<void> {
    await this.arrive(read);
    this.#reads[read - 1]?.comeBack();
    await vi.advanceTimersByTimeAsync(0);
  }
}

/** Two calls of one process: one waits for the lease, the other still reads. Meanwhile another process refreshes. */
async function twoReads(): Promise<{ store: StoreByHand; manager: TokenManager; calls: Promise<string>[] }> {
  const provider = new RotatingProvider();
  const store = new StoreByHand();
  const other = provider.processOver(store.shared);
  const manager = provider.processOver(store.shared, { change: { get: store.get } });
  await other.save(expiredTokens());
  const first = manager.getAccessToken();
  await store.comeBack(1);
  // The second read is that of the lease.
  const second = manager.getAccessToken();
  await store.arrive(3);
  expect(await other.getAccessToken()).toBe('access-1');
  await store.arrive(2);
  return { store, manager, calls: [first, second] };
}

test.each([
  { order: 'began later', reads: [3, 2] },
  { order: 'ended later', reads: [2, 3] },
])(
  '17: of two reads that overlap, an older token that $order is not what is remembered',
  async ({ reads }) => {
    const { store, manager, calls } = await twoReads();
    for (const read of reads) await store.comeBack(read);
    expect(await Promise.all(calls)).toEqual(['access-1', 'access-1']);
    expect(manager.current()).toBe('access-1');
    store.isAway = true;
    expect(await manager.getAccessToken()).toBe('access-1');
  },
);

test('17: what the lease finds is remembered, though its read began before a sign-in here', async () => {
  const provider = new RotatingProvider();
  const store = new StoreByHand();
  const other = provider.processOver(store.shared);
  const manager = provider.processOver(store.shared, { change: { get: store.get } });
  await other.save(expiredTokens());
  const call = manager.getAccessToken();
  await store.comeBack(1);
  const signIn = manager.save(expiredTokens());
  await store.comeBack(3);
  await signIn;
  expect(await other.getAccessToken()).toBe('access-1');
  await store.comeBack(2);
  expect(await call).toBe('access-1');
  expect(manager.current()).toBe('access-1');
});
