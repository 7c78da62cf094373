import assert from 'node:assert/strict';
import type { RecordStore } from '../record-store.ts';

/** What a check works with. */
export interface Subject {
  /** Empty when the check begins. */
  readonly store: RecordStore;
  /** Another store on the same backend; the same one where the host can't open two. */
  readonly other: RecordStore;
  /** Lets so many milliseconds pass for the store's TTLs. */
  pass(ms: number): Promise<void>;
}

/** One promise of a store, and what shows that it is kept. */
export interface Check {
  readonly name: string;
  run(subject: Subject): Promise<void>;
}

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
