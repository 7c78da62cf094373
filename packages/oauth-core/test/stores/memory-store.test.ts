import { memoryStore } from '@context-sdk/oauth-core';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('with a clock that tests move', () => {
  storeConformance({
    test,
    createStore: memoryStore,
    advance: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
  });
});

test('a TTL ends exactly when it should, without any timer', async () => {
  const store = memoryStore();
  await store.compareAndSet('key', undefined, 'value', { ttlMs: 1000 });
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(999);
  expect((await store.get('key'))?.value).toBe('value');
  await vi.advanceTimersByTimeAsync(1);
  expect(await store.get('key')).toBeUndefined();
});

test('records that expired and nobody asks for are forgotten by later writes', async () => {
  const store = memoryStore();
  const forgotten = vi.spyOn(Map.prototype, 'delete');
  try {
    for (let write = 0; write < 5000; write++) {
      await store.compareAndSet(`key ${write}`, undefined, 'value', { ttlMs: 10 });
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(forgotten.mock.calls.length).toBeGreaterThan(3000);
  } finally {
    forgotten.mockRestore();
  }
});

test('what it gives can be changed without changing the record', async () => {
  const store = memoryStore();
  await store.compareAndSet('key', undefined, 'value');
  const record = await store.get('key');
  if (record) record.value = 'changed';
  expect((await store.get('key'))?.value).toBe('value');
});
