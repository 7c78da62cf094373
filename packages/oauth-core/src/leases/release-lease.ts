import { StoreError } from '../errors/index.ts';
import type { RecordStore } from '../stores/record-store.ts';
import { isTransient, toResult, toStoreError } from '../stores/store-outcome.ts';
import { delay } from '../timing/delay.ts';
import {
  encodeRecord,
  type LeaseRecord,
  lifetimeOf,
  readRecord,
  type RecordContent,
} from './lease-record.ts';

const MAX_WRITES = 5;
const FIRST_RETRY_MS = 20;

/** A lease as its holder knows it. */
export interface Holding {
  readonly store: RecordStore;
  readonly key: string;
  readonly leaseId: string;
  /** The record's version when the lease was taken. */
  readonly version: string | undefined;
  remainingMs(): number;
}

export function leaseLost(key: string): StoreError {
  return new StoreError('lease-lost', `The lease on the record ${JSON.stringify(key)} is over.`);
}

/**
 * Writes the last content of a lease, or deletes the record where there is no value. The lease's id decides who
 * may write and the version only orders writers (docs/facts/oauth.md#leases): a write that loses, or whose answer is a
 * failure, looks at the record and goes on from what it finds for as long as the id stands there.
 */
export async function releaseLease<T>(holding: Holding, content: RecordContent<T>): Promise<void> {
  const { store, key, leaseId } = holding;
  let { version } = holding;
  for (let writes = 1; ; writes++) {
    const written = await toResult(write(store, key, version, content));
    if (written.result) return;

    const seen = await toResult(readRecord<T>(store, key));
    if (seen.result) {
      if (isWritten(seen.result, content, holding)) return;
      if (seen.result.lease?.id !== leaseId) throw leaseLost(key);
      version = seen.result.version;
    }

    const failure = written.failure ?? seen.failure;
    if (failure && (!isTransient(failure) || holding.remainingMs() === 0)) throw toStoreError(failure);
    if (writes === MAX_WRITES) throw toStoreError(failure);
    if (failure) await delay(FIRST_RETRY_MS * 2 ** (writes - 1));
  }
}

async function write<T>(
  store: RecordStore,
  key: string,
  version: string | undefined,
  content: RecordContent<T>,
): Promise<boolean> {
  if (content.value === undefined) return store.delete(key, version);
  return (await store.compareAndSet(key, version, encodeRecord(content), lifetimeOf(content))) !== undefined;
}

/** Whether the record is as it should become: an answer was lost, the write was not. */
function isWritten<T>(seen: LeaseRecord<T>, content: RecordContent<T>, { remainingMs }: Holding): boolean {
  if (content.value !== undefined) return encodeRecord(seen) === encodeRecord(content);
  return seen.version === undefined && remainingMs() > 0;
}
