import { memoryStore, StoreError } from '@context-sdk/oauth-core';
import { readLeased } from '@context-sdk/oauth-core/store-kit';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const LEASE = { id: 'holder', ttlMs: 1000, held: true };

function stored(text: string): Promise<unknown> {
  const store = memoryStore();
  return store.compareAndSet('key', undefined, text).then(() => readLeased(store, 'key'));
}

test.for([
  '7',
  'null',
  '[]',
  '{}',
  '{"data":',
  '{"expires":1000}',
  '{"data":1,"expires":0}',
  '{"data":1,"expires":-1}',
  '{"data":1,"expires":"1000"}',
  '{"data":1,"expires":1e300}',
  '{"data":1,"lease":"holder"}',
  JSON.stringify({ data: 1, lease: { ...LEASE, id: 7 } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, ttlMs: 0 } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, ttlMs: '1000' } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, ttlMs: 2 ** 31 } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, held: 'yes' } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, renewals: '1' } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, watchedMs: 1e300 } }),
  JSON.stringify({ data: 1, lease: { ...LEASE, abandoned: false } }),
])('%s is no record of the SDK, and is reported as corrupt', async (text) => {
  const error = await failure(stored(text));
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ reason: 'corrupt' });
});

test.for([
  '{"data":1}',
  '{"data":1,"expires":0.5}',
  JSON.stringify({ data: 1, lease: { ...LEASE, abandoned: true } }),
])('%s is one', async (text) => {
  expect(await stored(text)).toBe(1);
});
