import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson } from './json-record.ts';

/**
 * Begins a pause that all machines see end together: it is a record whose TTL runs on the store's clock. No wall clock of one
 * machine is compared with that of another.
 */
export async function beginPause(store: RecordStore, key: string, ms: number): Promise<void> {
  await overwriteJson(store, key, {}, { ttlMs: Math.max(1, Math.ceil(ms)) });
}

/** Whether the pause is not over yet. */
export async function isPaused(store: RecordStore, key: string): Promise<boolean> {
  return (await store.get(key)) !== undefined;
}
