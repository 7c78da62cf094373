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
export function unstoredTokens(
  store: RecordStore,
  key: string,
  stored: TokenRecord,
): TokenRecord | undefined {
  const unstored = kept.get(store)?.get(key);
  const fits =
    unstored?.record.grantId === stored.grantId && unstored.replaces === stored.tokenSet.refreshToken;
  if (!fits) forgetUnstored(store, key);
  return fits ? unstored.record : undefined;
}

export function forgetUnstored(store: RecordStore, key: string): void {
  kept.get(store)?.delete(key);
}
