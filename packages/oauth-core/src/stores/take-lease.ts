import { delay } from '../delay.ts';
import { HeldLease } from './held-lease.ts';
import { leaseWatch } from './lease-watch.ts';
import { encodeRecord, lifetimeOf, readRecord } from './leased-record.ts';
import type { LeaseOptions } from './lease-options.ts';
import type { LeasedRecord, LeaseMark } from './leased-record.ts';
import type { RecordStore } from './record-store.ts';
import { settled } from './settled.ts';
import { isPassing, toStoreError } from './store-failure.ts';

const MAX_WRITES = 3;

/** Waits until the record is free, or its holder's time is over, and takes the lease; or gives what `unless` gave. */
export async function takeLease<T, R>(
  store: RecordStore,
  key: string,
  { ttlMs, signal, unless }: LeaseOptions<T, R>,
): Promise<{ lease: HeldLease<T> } | { result: R }> {
  const watch = leaseWatch();
  for (;;) {
    signal?.throwIfAborted();
    const record = await readRecord<T>(store, key).catch(rethrow);
    const result = unless?.(record.value);
    if (result !== undefined) return { result };

    const isAbandoned = watch(record.lease);
    if (record.lease?.held && !isAbandoned) {
      await delay(pollMs(), signal);
      continue;
    }
    const takenOver = isAbandoned || record.lease?.abandoned === true;
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
  record: LeasedRecord<T>,
  takenOver: boolean,
): Promise<HeldLease<T> | undefined> {
  const startedAt = performance.now();
  const mark: LeaseMark = { id: crypto.randomUUID(), ttlMs, held: true };
  const version = await writeMark(store, key, record, mark);
  if (version === undefined) return undefined;
  return new HeldLease({ store, key, version, content: record, mark, takenOver, startedAt });
}

/** Gives the version that the mark stands at, or undefined if somebody else was first. */
async function writeMark<T>(
  store: RecordStore,
  key: string,
  record: LeasedRecord<T>,
  mark: LeaseMark,
): Promise<string | undefined> {
  const content = { ...record, lease: mark };
  const text = encodeRecord(content);
  for (let writes = 1; ; writes++) {
    const written = await settled(store.compareAndSet(key, record.version, text, lifetimeOf(content)));
    if (written.result !== undefined) return written.result;

    // Whether it lost or failed: the record tells, since a driver may have sent it twice and a failed one may have arrived.
    const seen = await settled(readRecord<T>(store, key));
    if (seen.result?.lease?.id === mark.id) return seen.result.version;
    if (seen.result && seen.result.version !== record.version) return undefined;

    const failure = written.failure ?? seen.failure;
    if (!isPassing(failure) || writes === MAX_WRITES) throw toStoreError(failure);
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
