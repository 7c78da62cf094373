import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';

/** All records of a store in another one, as a script copies them: a store doesn't tell their TTLs. */
export async function copyWithoutTtls(store: RecordStore): Promise<RecordStore> {
  const copy = memoryStore();
  for (const key of await store.list('')) {
    const record = await store.get(key);
    if (record !== undefined) await copy.compareAndSet(key, undefined, record.value);
  }
  return copy;
}
