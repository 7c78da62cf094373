import type { RecordStore } from '../stores/record-store.ts';
import type { TokenRecord } from './token-record.ts';

/** What this process last saw of a record. */
export interface KnownRecord {
  record: TokenRecord | undefined;
  /** On the monotonic clock. */
  readAt: number;
}

const MAX_RECORDS = 10_000;

const known = new WeakMap<RecordStore, Map<string, KnownRecord>>();

/**
 * What all objects of this process know of one record: when one of them ends or replaces a connection, the others stop
 * using its tokens at once. Kept for the last 10,000 connections of a store.
 */
export function knownRecord(store: RecordStore, key: string): KnownRecord {
  const ofStore = known.get(store) ?? new Map<string, KnownRecord>();
  known.set(store, ofStore);
  const shared = ofStore.get(key) ?? { record: undefined, readAt: Number.NEGATIVE_INFINITY };
  ofStore.delete(key);
  ofStore.set(key, shared);
  const [oldest] = ofStore.keys();
  if (ofStore.size > MAX_RECORDS && oldest !== undefined) ofStore.delete(oldest);
  return shared;
}
