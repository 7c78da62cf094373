import type { RecordStore } from '../stores/record-store.ts';
import { toStoreError } from '../stores/store-outcome.ts';
import { readRecord } from './lease-record.ts';

/**
 * The value of a record written by `withLease`, no matter who holds the lease; undefined if there is no record.
 *
 * @throws {StoreError} as the store does, or `corrupt` if something else wrote the record, or `isValue` refuses its value.
 */
export async function readLeased<T>(
  store: RecordStore,
  key: string,
  isValue?: (value: unknown) => value is T,
): Promise<T | undefined> {
  try {
    return (await readRecord<T>(store, key, { isValue })).value;
  } catch (failure) {
    throw toStoreError(failure);
  }
}
