import type { RecordStore, TokenSet } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { readLeased } from '@context-sdk/oauth-core/store-kit';
import { isUnreadable } from '../records/json-record.ts';

/** What every record of tokens has. */
interface TokenRecord {
  tokenSet: TokenSet;
}

/** Whether the record of the tokens, if there is one, can be read and has what every such record has. */
export async function hasGoodTokens(store: RecordStore, key: string): Promise<boolean> {
  try {
    const record = await readLeased<Partial<TokenRecord>>(store, key, isObject);
    return record === undefined || typeof record.tokenSet?.accessToken === 'string';
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return false;
  }
}

/** Whether there are tokens that can be revoked. Deletes a record that can't be read, or has no tokens: nothing can use it. */
export async function hasTokens(store: RecordStore, key: string): Promise<boolean> {
  await deleteDamagedTokens(store, key);
  return (await readLeased(store, key)) !== undefined;
}

/** Deletes tokens that can't be read, or are not tokens: nothing can use them. */
export async function deleteDamagedTokens(store: RecordStore, key: string): Promise<void> {
  if (!(await hasGoodTokens(store, key))) await store.delete(key);
}
