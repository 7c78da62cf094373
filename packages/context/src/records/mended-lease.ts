import type { RecordStore } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { type Lease, readLeased, withRenewedLease } from '@context-sdk/oauth-core/store-kit';
import { isUnreadable } from './json-record.ts';

/** A call may wait for its minute at each of several services; one that takes longer than this is considered dead. */
const MAX_MS = 900_000;

interface MendedLeaseOptions<T, R> {
  ttlMs: number;
  signal?: AbortSignal | undefined;
  /** Whether a value is what was written. Default: any object is. */
  isValue?: ((value: unknown) => value is T) | undefined;
  /** What it returns stands for the work where another holds the lease. Default: that is waited for. */
  ifHeld?: (() => R) | undefined;
}

/**
 * `withRenewedLease` for work that must not fail because of the record itself: one that can't be read, or has another shape, is
 * deleted first, since its value is lost in any case. The work's signal aborts with the caller's, and once the lease is over.
 */
export async function withMendedLease<T, R = void>(
  store: RecordStore,
  key: string,
  { ttlMs, signal, isValue, ifHeld }: MendedLeaseOptions<T, R>,
  work: (lease: Lease<T>, signal: AbortSignal) => Promise<R>,
): Promise<R> {
  await readLeased<unknown>(store, key, isValue ?? isObject).catch(async (error: unknown) => {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
  });
  const options = { ttlMs, maxMs: MAX_MS, signal, isValue, ifHeld };
  return await withRenewedLease<T, R>(store, key, options, async (lease) => {
    const either = signal === undefined ? lease.signal : AbortSignal.any([signal, lease.signal]);
    return await work(lease, either);
  });
}
