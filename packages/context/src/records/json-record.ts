import { parseJsonObject, type RecordStore, StoreError } from '@context-sdk/oauth-core';

/** A parsed record and its version. */
export interface JsonRecord<T> {
  value: T;
  version: string;
}

/** Throws {@link StoreError} `corrupt` if the record is not a JSON object. */
export async function readJson<T extends object>(
  store: RecordStore,
  key: string,
): Promise<JsonRecord<T> | undefined> {
  const record = await store.get(key);
  if (record === undefined) return undefined;
  const value = parseJsonObject(record.value);
  if (value === undefined) throw new StoreError('corrupt', 'The record was not written by Context SDK.');
  return { value: value as T, version: record.version };
}

/**
 * Writes what `change` returns for the current record. If another writer was faster, reads the record and calls `change`
 * again. `undefined` leaves the record as it is.
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
