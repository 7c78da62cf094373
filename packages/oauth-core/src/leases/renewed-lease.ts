import type { RecordStore } from '../stores/record-store.ts';
import type { LeaseHandle } from './lease-handle.ts';
import { encodeRecord, lifetimeOf, readRecord } from './lease-record.ts';
import { type Lease, type LeaseOptions, withLeaseHandle } from './with-lease.ts';

/** Renewals in the time of a lease: one that fails still has others after it. */
const RENEWALS = 3;

/** How a lease is kept. */
export interface RenewedLeaseOptions<T, R> extends LeaseOptions<T, R> {
  /** Milliseconds for which the lease is renewed. Work that takes longer loses it once `ttlMs` is over, too. */
  readonly maxMs: number;
}

/**
 * `withLease` for work that takes longer than others shall wait for a process that died: while the work runs, its lease is
 * renewed every third of `ttlMs`. One that could not be renewed in time ends as any other does.
 */
export async function withRenewedLease<T, R>(
  store: RecordStore,
  key: string,
  options: RenewedLeaseOptions<T, R>,
  work: (lease: Lease<T>) => Promise<R>,
): Promise<R> {
  return await withLeaseHandle<T, R>(store, key, options, async (lease) => {
    const stop = keepRenewed(lease, options);
    try {
      return await work(lease);
    } finally {
      stop();
    }
  });
}

function keepRenewed<T>(
  lease: LeaseHandle<T>,
  { ttlMs, maxMs }: Pick<RenewedLeaseOptions<T, unknown>, 'ttlMs' | 'maxMs'>,
): () => void {
  const until = performance.now() + maxMs;
  const timer = setInterval(() => {
    if (performance.now() < until) renew(lease).catch(() => undefined);
    else clearInterval(timer);
  }, ttlMs / RENEWALS);
  return () => clearInterval(timer);
}

/**
 * Begins the lease's time anew unless it is over, released or taken over. If the store fails, the holder has no more time than
 * before, though waiters may wait longer. The lease keeps its id, so a save at the same time goes on from whatever it finds.
 */
async function renew<T>(lease: LeaseHandle<T>): Promise<void> {
  const { taken } = lease;
  const { store, key, content } = taken;
  const [startedAt, startedOn] = [performance.now(), Date.now()];
  const seen = await readRecord<T>(store, key);
  if (seen.lease?.held !== true || seen.lease.id !== taken.holder.id || lease.remainingMs() === 0) return;
  const holder = { ...taken.holder, renewals: (seen.lease.renewals ?? 0) + 1 };
  const renewed = { ...content, lease: holder };
  const options = lifetimeOf(renewed);
  const version = await store.compareAndSet(key, seen.version, encodeRecord(renewed), options);
  if (version !== undefined) Object.assign(taken, { version, holder, startedAt, startedOn });
}
