import type { RecordStore } from '../stores/record-store.ts';
import { isTransient, toResult, toStoreError } from '../stores/store-outcome.ts';
import { delay } from '../timing/delay.ts';
import { LeaseHandle } from './lease-handle.ts';
import { encodeRecord, type LeaseHolder, type LeaseRecord, lifetimeOf, readRecord } from './lease-record.ts';
import { LeaseWatch } from './lease-watch.ts';

/** How long a lease lasts, and when it is not needed. */
export interface LeaseOptions<T, R> {
  /** Milliseconds that the work may take, from 10 to 2^31-1. After that, others take over. */
  readonly ttlMs: number;
  /** Ends the wait for the lease, with its reason. Work that has begun goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each time that the record is read. */
  readonly onRead?: (() => void) | undefined;
  /** Called whenever the record is read before the lease is held. If it returns a result, no lease is taken. */
  readonly skipIf?: ((value: T | undefined) => R | undefined) | undefined;
  /**
   * Called when another process holds the lease, once this process has noted that it saw it held. If it returns a result, that is not
   * waited for.
   */
  readonly ifHeld?: ((value: T | undefined) => R | undefined) | undefined;
  /** Whether to take the lease even if it is held: its holder can't save any more. For records that another lease protects. */
  readonly takesOver?: boolean | undefined;
  /** Whether a value has the shape that it was written with. Default: any value has. */
  readonly isValue?: ((value: unknown) => value is T) | undefined;
}

const MAX_WRITES = 3;

/** Waits until the record is free, or its holder's time is up, and takes the lease; or gives what `skipIf` returned. */
export async function takeLease<T, R>(
  store: RecordStore,
  key: string,
  { ttlMs, signal, onRead, skipIf, ifHeld, takesOver, isValue }: LeaseOptions<T, R>,
): Promise<{ lease: LeaseHandle<T> } | { result: R }> {
  const watch = new LeaseWatch(store, key);
  for (;;) {
    signal?.throwIfAborted();
    const record = await readRecord<T>(store, key, { onRead, isValue }).catch(rethrow);
    const result = skipIf?.(record.value);
    if (result !== undefined) return { result };

    const isAbandoned = watch.isOverdue(record) || (takesOver && record.lease?.held);
    if (record.lease?.held && !isAbandoned) {
      await watch.note(record);
      const instead = watch.isNoted ? ifHeld?.(record.value) : undefined;
      if (instead !== undefined) return { result: instead };
      await delay(pollMs(), signal);
      continue;
    }
    const takenOver = isAbandoned === true || record.lease?.abandoned === true;
    const lease = await tryToTake(store, key, ttlMs, record, takenOver);
    if (!lease) continue;
    if (lease.remainingMs() > 0) return { lease };
    // The store was so slow that the lease ran out before it was known to be taken.
    await lease.release();
  }
}

async function tryToTake<T>(
  store: RecordStore,
  key: string,
  ttlMs: number,
  record: LeaseRecord<T>,
  takenOver: boolean,
): Promise<LeaseHandle<T> | undefined> {
  const [startedAt, startedOn] = [performance.now(), Date.now()];
  const holder: LeaseHolder = { id: crypto.randomUUID(), ttlMs, held: true };
  const version = await writeHolder(store, key, record, holder);
  if (version === undefined) return undefined;
  return new LeaseHandle({ store, key, version, content: record, holder, takenOver, startedAt, startedOn });
}

/** Gives the version that names the holder; undefined if another process was first. */
async function writeHolder<T>(
  store: RecordStore,
  key: string,
  record: LeaseRecord<T>,
  holder: LeaseHolder,
): Promise<string | undefined> {
  const content = { ...record, lease: holder };
  const text = encodeRecord(content);
  for (let writes = 1; ; writes++) {
    const written = await toResult(store.compareAndSet(key, record.version, text, lifetimeOf(content)));
    if (written.result !== undefined) return written.result;

    // The record says whether it lost or failed: a driver may have sent it twice, and a failed write may have arrived.
    const seen = await toResult(readRecord<T>(store, key));
    if (seen.result?.lease?.id === holder.id) return seen.result.version;
    if (seen.result && seen.result.version !== record.version) return undefined;

    const failure = written.failure ?? seen.failure;
    if (!isTransient(failure) || writes === MAX_WRITES) throw toStoreError(failure);
    await delay(pollMs());
  }
}

function rethrow(failure: unknown): never {
  throw toStoreError(failure);
}

/** 10 to 30 ms, at random so that waiters do not move in step. */
function pollMs(): number {
  return 10 + Math.random() * 20;
}
