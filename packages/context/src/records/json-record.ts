import { type RecordStore, type StoredRecord, StoreError } from '@context-sdk/oauth-core';
import { parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { inTurn } from './in-turn.ts';

/** Reads a record. Throws {@link StoreError} `corrupt` if it is not a JSON object. */
export async function readJson<T extends object>(store: RecordStore, key: string): Promise<T | undefined> {
  return parseRecord(await store.get(key)) as T | undefined;
}

/** The value of a record, and the version that it was read at. */
export interface Versioned<T> {
  value: T;
  version: string;
}

/** Reads a record of one shape with its version. Throws like {@link readJson}. One of another shape counts as missing. */
export async function readVersioned<T extends object>(
  store: RecordStore,
  key: string,
  isWhole: (value: unknown) => value is T,
): Promise<Versioned<T> | undefined> {
  const record = await store.get(key);
  const value = parseRecord(record);
  return record !== undefined && isWhole(value) ? { value, version: record.version } : undefined;
}

/** Reads a record that can be found again without it. `undefined` if it is missing or can't be read. */
export async function readJsonIfReadable<T extends object>(
  store: RecordStore,
  key: string,
): Promise<T | undefined> {
  try {
    return await readJson<T>(store, key);
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/** Reads a record of one shape. One that can't be read, or has another shape, counts as missing. */
export async function readWhole<T extends object>(
  store: RecordStore,
  key: string,
  isWhole: (value: unknown) => value is T,
): Promise<T | undefined> {
  const value = await readJsonIfReadable(store, key);
  return isWhole(value) ? value : undefined;
}

/**
 * Applies `change` and writes the record. On a conflict, reads it again and retries. If `change` returns `undefined`, the
 * record stays as it is. Of many at once in one process, those that met a conflict take turns. `known` is the record as the caller
 * has read it, which saves the first read.
 */
export async function updateJson<T extends object>(
  store: RecordStore,
  key: string,
  change: (value: T | undefined) => T | undefined,
  { known, ...options }: { ttlMs?: number; known?: Versioned<T> } = {},
): Promise<void> {
  const isWritten = async (value: T | undefined, version: string | undefined): Promise<boolean> => {
    const next = change(value);
    if (next === undefined) return true;
    return (await store.compareAndSet(key, version, JSON.stringify(next), options)) !== undefined;
  };
  const isDone = async (): Promise<boolean> => {
    const record = await store.get(key);
    return await isWritten(parseRecord(record) as T | undefined, record?.version);
  };
  if (await (known === undefined ? isDone() : isWritten(known.value, known.version))) return;
  await inTurn(store, key, async () => {
    while (!(await isDone()));
  });
}

/** Writes a record, whatever was there. A record that can't be read is deleted first, since it has no known version. */
export async function overwriteJson(
  store: RecordStore,
  key: string,
  value: object,
  options: { ttlMs?: number } = {},
): Promise<void> {
  const text = JSON.stringify(value);
  for (;;) {
    const version = await versionOf(store, key);
    if ((await store.compareAndSet(key, version, text, options)) !== undefined) return;
  }
}

/** Whether an error means that a record is damaged or encrypted with an unknown key: it won't pass by itself. */
export function isUnreadable(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.reason === 'corrupt' || error.reason === 'key-missing');
}

/** Whether there is a record, even one that can't be read. */
export async function isThere(store: RecordStore, key: string): Promise<boolean> {
  try {
    return (await store.get(key)) !== undefined;
  } catch (error) {
    if (isUnreadable(error)) return true;
    throw error;
  }
}

/** Deletes a record that is damaged or encrypted with an unknown key. */
export async function deleteIfUnreadable(store: RecordStore, key: string): Promise<void> {
  await store.get(key).catch(async (error: unknown) => {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
  });
}

async function versionOf(store: RecordStore, key: string): Promise<string | undefined> {
  try {
    return (await store.get(key))?.version;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
    return undefined;
  }
}

function parseRecord(record: StoredRecord | undefined): object | undefined {
  if (record === undefined) return undefined;
  const value = parseJsonObject(record.value);
  if (value === undefined) throw new StoreError('corrupt', 'The record was not written by Context SDK.');
  return value;
}
