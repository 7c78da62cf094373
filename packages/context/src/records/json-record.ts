import { type RecordStore, type StoredRecord, StoreError } from '@context-sdk/oauth-core';
import { parseJsonObject } from '@context-sdk/oauth-core/client-kit';

/** Reads a record. Throws {@link StoreError} `corrupt` if it is not a JSON object. */
export async function readJson<T extends object>(store: RecordStore, key: string): Promise<T | undefined> {
  return parseRecord(await store.get(key)) as T | undefined;
}

/**
 * Applies `change` and writes the record. On a conflict, reads it again and retries. If `change` returns `undefined`, the
 * record stays as it is.
 */
export async function updateJson<T extends object>(
  store: RecordStore,
  key: string,
  change: (value: T | undefined) => T | undefined,
): Promise<void> {
  for (;;) {
    const record = await store.get(key);
    const next = change(parseRecord(record) as T | undefined);
    if (next === undefined) return;
    if ((await store.compareAndSet(key, record?.version, JSON.stringify(next))) !== undefined) return;
  }
}

function parseRecord(record: StoredRecord | undefined): object | undefined {
  if (record === undefined) return undefined;
  const value = parseJsonObject(record.value);
  if (value === undefined) throw new StoreError('corrupt', 'The record was not written by Context SDK.');
  return value;
}
