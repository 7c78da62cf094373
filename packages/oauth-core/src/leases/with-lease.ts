import type { RecordStore } from '../stores/record-store.ts';
import { soundStore } from '../stores/sound-store.ts';
import { checkLeaseTtl } from './lease-clock.ts';
import type { Lease, LeaseHandle } from './lease-handle.ts';
import { type LeaseOptions, takeLease } from './take-lease.ts';

export type { Lease } from './lease-handle.ts';
export type { LeaseOptions } from './take-lease.ts';

/**
 * Runs `work` while no other process that shares the store works on this record. The lease lies
 * inside the record, so that taking it also proves that the value read is the current one.
 *
 * A waiter takes over when it has seen the same lease held for its whole `ttlMs` on its own monotonic clock; wall
 * clocks play no part. A holder stops sooner if its wall clock says so: monotonic ones stand still while a machine is
 * suspended. Work that ends without `lease.save` leaves the record as it was (its TTL begins anew).
 * The value has to be what JSON can express.
 *
 * @throws {ConfigurationError} if `ttlMs` or the key is out of range.
 * @throws {StoreError} `corrupt` if the record is not one of `withLease`; what the store threw; and what `work` threw.
 */
export async function withLease<T, R>(
  store: RecordStore,
  key: string,
  options: LeaseOptions<T, R>,
  work: (lease: Lease<T>) => Promise<R>,
): Promise<R> {
  return await withLeaseHandle(store, key, options, work);
}

/** The same for work that renews its lease. */
export async function withLeaseHandle<T, R>(
  store: RecordStore,
  key: string,
  options: LeaseOptions<T, R>,
  work: (lease: LeaseHandle<T>) => Promise<R>,
): Promise<R> {
  checkLeaseTtl(options.ttlMs);
  const taken = await takeLease(soundStore(store), key, options);
  if ('result' in taken) return taken.result;
  try {
    options.signal?.throwIfAborted();
    return await work(taken.lease);
  } finally {
    await taken.lease.release();
  }
}
