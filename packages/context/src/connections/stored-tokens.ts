import type { RecordStore } from '@context-sdk/oauth-core';
import { isTokenRecord, readLeased } from '@context-sdk/oauth-core/store-kit';
import { isUnreadable } from '../records/json-record.ts';

/** Whether the record of the tokens, if there is one, can be read and has what every such record has. */
export async function hasGoodTokens(store: RecordStore, key: string): Promise<boolean> {
  try {
    await readLeased(store, key, isTokenRecord);
    return true;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return false;
  }
}

/** The grant of the tokens, if there are any. Deletes a record that can't be read, or has no tokens: nothing can use it. */
export async function storedGrantId(store: RecordStore, key: string): Promise<string | undefined> {
  await deleteDamagedTokens(store, key);
  return (await readLeased(store, key, isTokenRecord))?.grantId;
}

/** Deletes tokens that can't be read, or are not tokens: nothing can use them. */
export async function deleteDamagedTokens(store: RecordStore, key: string): Promise<void> {
  if (!(await hasGoodTokens(store, key))) await store.delete(key);
}
