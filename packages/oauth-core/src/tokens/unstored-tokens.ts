import type { RecordStore } from '../stores/record-store.ts';
import type { TokenRecord } from './token-record.ts';

interface Unstored {
  /** The refresh token that was redeemed for these. */
  replaces: string | undefined;
  record: TokenRecord;
}

const kept = new WeakMap<RecordStore, Map<string, Unstored>>();

/** Remembers refreshed tokens that the store did not take: the refresh token before them is spent. */
export function keepUnstored(
  store: RecordStore,
  key: string,
  replaced: TokenRecord,
  record: TokenRecord,
): void {
  const ofStore = kept.get(store) ?? new Map<string, Unstored>();
  kept.set(store, ofStore.set(key, { replaces: replaced.tokenSet.refreshToken, record }));
}

/** The tokens that only still have to be stored, if the store has what they replace: this grant and its refresh token. */
export function takeUnstored(store: RecordStore, key: string, stored: TokenRecord): TokenRecord | undefined {
  const ofStore = kept.get(store);
  const unstored = ofStore?.get(key);
  ofStore?.delete(key);
  if (unstored?.record.grantId !== stored.grantId) return undefined;
  return unstored.replaces === stored.tokenSet.refreshToken ? unstored.record : undefined;
}
