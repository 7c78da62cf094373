import type { RecordStore } from '@context-sdk/oauth-core';

const PROBE_MS = 10_000;

/**
 * Throws what the store throws for a record that was written just now. If that can be read, a record that can't be is
 * damaged, or encrypted with a key that is gone: writing it anew mends it.
 */
export async function checkReadable(store: RecordStore): Promise<void> {
  const key = `probe/${crypto.randomUUID()}`;
  await store.compareAndSet(key, undefined, '{}', { ttlMs: PROBE_MS });
  await store.get(key);
  await store.delete(key);
}
