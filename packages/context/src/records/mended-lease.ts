import type { RecordStore } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { type Lease, readLeased, withLease } from '@context-sdk/oauth-core/store-kit';
import { isUnreadable } from './json-record.ts';

interface MendedLeaseOptions<T> {
  ttlMs: number;
  signal?: AbortSignal | undefined;
  /** Whether a value is what was written. Default: any object is. */
  isValue?: ((value: unknown) => value is T) | undefined;
}

/**
 * `withLease` for work that must not fail because of the record itself: one that can't be read, or has another shape, is
 * deleted first, since its value is lost in any case.
 */
export async function withMendedLease<T, R = void>(
  store: RecordStore,
  key: string,
  { ttlMs, signal, isValue }: MendedLeaseOptions<T>,
  work: (lease: Lease<T>) => Promise<R>,
): Promise<R> {
  await readLeased<unknown>(store, key, isValue ?? isObject).catch(async (error: unknown) => {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
  });
  return await withLease<T, R>(store, key, { ttlMs, signal, isValue }, work);
}
