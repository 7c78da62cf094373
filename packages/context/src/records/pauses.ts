import type { RecordStore, StoredRecord } from '@context-sdk/oauth-core';
import { isUnreadable, overwriteJson } from './json-record.ts';

/**
 * Begins a pause that all machines see end together: it is a record whose TTL runs on the store's clock. No wall clock of one
 * machine is compared with that of another.
 */
export async function beginPause(store: RecordStore, key: string, ms: number): Promise<void> {
  await overwriteJson(store, key, {}, { ttlMs: Math.max(1, Math.ceil(ms)) });
}

/** The record of a pause that is not over yet. One that can't be decrypted may never end: it counts as over, and goes. */
export async function readPause(store: RecordStore, key: string): Promise<StoredRecord | undefined> {
  try {
    return await store.get(key);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
    return undefined;
  }
}

/** Whether the pause is not over yet. */
export async function isPaused(store: RecordStore, key: string): Promise<boolean> {
  return (await readPause(store, key)) !== undefined;
}
