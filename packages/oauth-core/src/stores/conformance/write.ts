import assert from 'node:assert/strict';
import type { RecordStore } from '../record-store.ts';

/** Creates a record that is known not to exist, and gives its version. */
export async function create(
  store: RecordStore,
  key: string,
  value: string,
  ttlMs?: number,
): Promise<string> {
  return write(store, key, undefined, value, ttlMs);
}

/** Writes at a version that is known to be the current one, and gives the new version. */
export async function write(
  store: RecordStore,
  key: string,
  expected: string | undefined,
  value: string,
  ttlMs?: number,
): Promise<string> {
  const version = await store.compareAndSet(key, expected, value, ttlMs === undefined ? {} : { ttlMs });
  assert.ok(version !== undefined, 'compareAndSet lost although the version was the current one');
  return version;
}
