import type { RecordStore } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { type Lease, readLeased, withLease } from '@context-sdk/oauth-core/store-kit';
import { isUnreadable } from './json-record.ts';

/**
 * `withLease` for work that must not fail because of the record itself: one that can't be read is deleted first, since its
 * value is lost in any case.
 */
export async function withMendedLease<T, R = void>(
  store: RecordStore,
  key: string,
  { ttlMs, signal }: { ttlMs: number; signal?: AbortSignal | undefined },
  work: (lease: Lease<T>) => Promise<R>,
): Promise<R> {
  await readLeased(store, key, isObject).catch(async (error: unknown) => {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
  });
  return await withLease<T, R>(store, key, { ttlMs, signal }, work);
}
