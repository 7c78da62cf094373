import type { RecordStore } from '@context-sdk/oauth-core';
import { orderedKeys } from '@context-sdk/oauth-core/store-kit';

const PAGE_SIZE = 500;

/** All keys under a prefix in order, for the few that one user has. For more, `scanKeys` is cheaper. */
export function keysUnder(store: RecordStore, prefix: string): AsyncGenerator<string> {
  return orderedKeys(store, prefix, undefined, PAGE_SIZE);
}

/** The same, once all are found: what is deleted or added meanwhile changes nothing. */
export async function allKeys(store: RecordStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keysUnder(store, prefix)) found.push(key);
  return found;
}

/** Deletes all records under a prefix, unread. Returns how many there were. */
export async function deleteUnder(store: RecordStore, prefix: string): Promise<number> {
  let deleted = 0;
  for await (const key of keysUnder(store, prefix)) {
    if (await store.delete(key)) deleted += 1;
  }
  return deleted;
}
