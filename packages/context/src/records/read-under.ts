import type { RecordStore, StoredRecord } from '@context-sdk/oauth-core';
import { parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { readRecords } from '@context-sdk/oauth-core/store-kit';
import { isUnreadable } from './json-record.ts';
import { keysUnder } from './list-keys.ts';

/** Records that are read at once. */
const BATCH = 100;

/** A record that could be read. */
export interface FoundRecord<T extends object> {
  key: string;
  value: T;
  version: string;
}

/** All records under a prefix in order, many at a time. Those that can't be read are left out. */
export async function* recordsUnder<T extends object>(
  store: RecordStore,
  prefix: string,
): AsyncGenerator<FoundRecord<T>> {
  let batch: string[] = [];
  for await (const key of keysUnder(store, prefix)) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield* await readBatch<T>(store, batch);
    batch = [];
  }
  yield* await readBatch<T>(store, batch);
}

async function readBatch<T extends object>(
  store: RecordStore,
  keys: readonly string[],
): Promise<FoundRecord<T>[]> {
  const records = await readRecords(store, keys).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    // One of them is damaged: which one is found by reading each.
    return Promise.all(keys.map((key) => readIfReadable(store, key)));
  });
  return keys.flatMap((key, index) => {
    const record = records[index];
    const value = record && parseJsonObject(record.value);
    return record && value ? [{ key, value: value as T, version: record.version }] : [];
  });
}

async function readIfReadable(store: RecordStore, key: string): Promise<StoredRecord | undefined> {
  return await store.get(key).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    return undefined;
  });
}
