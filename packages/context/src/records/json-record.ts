import type { RecordStore } from '@context-sdk/oauth-core';
import { parseJsonObject, StoreError } from '@context-sdk/oauth-core';

/** A record of ours and the version that it was read at. */
export interface JsonRecord<T> {
  value: T;
  version: string;
}

/** Throws {@link StoreError} `corrupt` where something else wrote the record. */
export async function readJson<T extends object>(
  store: RecordStore,
  key: string,
): Promise<JsonRecord<T> | undefined> {
  const record = await store.get(key);
  if (record === undefined) return undefined;
  const value = parseJsonObject(record.value);
  if (value === undefined) throw new StoreError('corrupt', 'The record is not one that the SDK wrote.');
  return { value: value as T, version: record.version };
}

/**
 * Writes what `change` makes of the record, and again of what has become of it, until nobody else was faster.
 * `undefined` leaves it as it is.
 */
export async function updateJson<T extends object>(
  store: RecordStore,
  key: string,
  change: (value: T | undefined) => T | undefined,
): Promise<void> {
  for (;;) {
    const record = await readJson<T>(store, key);
    const next = change(record?.value);
    if (next === undefined) return;
    if ((await store.compareAndSet(key, record?.version, JSON.stringify(next))) !== undefined) return;
  }
}
