import type { RecordStore } from '@context-sdk/oauth-core';
import { orderedKeys, scanKeys } from '@context-sdk/oauth-core/store-kit';

/** Records that are deleted side by side. */
const DELETED_AT_ONCE = 16;

/** All keys under a prefix in order, for the few that one user has. For more, `scanKeys` is cheaper. */
export function keysUnder(store: RecordStore, prefix: string): AsyncGenerator<string> {
  return orderedKeys(store, prefix);
}

/** The same, once all are found: what is deleted or added meanwhile changes nothing. */
export async function allKeys(store: RecordStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keysUnder(store, prefix)) found.push(key);
  return found;
}

/** Deletes all records under a prefix, unread. Returns how many there were. */
export async function deleteUnder(store: RecordStore, prefix: string): Promise<number> {
  const left = new Set<string>();
  for await (const key of scanKeys(store, prefix)) left.add(key);
  let deleted = 0;
  const deleteSome = async (): Promise<void> => {
    for (const key of left) {
      left.delete(key);
      if (await store.delete(key)) deleted += 1;
    }
  };
  await Promise.all(Array.from({ length: DELETED_AT_ONCE }, deleteSome));
  return deleted;
}
