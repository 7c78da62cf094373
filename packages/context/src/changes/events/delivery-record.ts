import type { RecordStore } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { isUnreadable } from '../../records/json-record.ts';
import { isCount, isFlag, isTime, oneOf, shapeOf } from '../../records/shape.ts';

/** The host's time plus a margin. If a process crashes, the next delivery is accepted after this. */
const PROCESSING_MS = 20_000;
/** How long a handled event is remembered. */
const DONE_MS = 24 * 3_600_000;
/** How long the tries of an event are counted. */
const FAILED_MS = 30 * 24 * 3_600_000;
/** A store that fails for a moment must not make an event that was handled come again. */
const MAX_WRITES = 3;

interface DeliveryRecord {
  state: 'processing' | 'failed' | 'done';
  /** Tries that failed so far. */
  attempts: number;
  /** When a process claimed it by its own clock, in epoch milliseconds. */
  at?: number;
  /** Set once another process has had the time of the claim begin anew: the record may have lost its TTL, as in a copied store. */
  isSeen?: boolean;
}

const DELIVERY = shapeOf(
  { state: oneOf('processing', 'failed', 'done'), attempts: isCount },
  { at: isTime, isSeen: isFlag },
);

type StoredDelivery = DeliveryRecord & { version: string };

/** Whether a record is that of an event which was handled, or is being handled. */
export function isDelivery(value: unknown): value is DeliveryRecord {
  return DELIVERY(value);
}

/** An event that this process is handling. */
export interface ClaimedDelivery {
  attempts: number;
  version: string;
}

/** Claims an event for this process, or tells that it was handled, or is being handled by another. */
export async function claimDelivery(
  store: RecordStore,
  key: string,
): Promise<ClaimedDelivery | 'handled' | 'busy'> {
  const first = await write(store, key, undefined, processing(0), PROCESSING_MS);
  if (first !== undefined) return { attempts: 0, version: first };
  const record = await readDelivery(store, key);
  if (record?.state === 'done') return 'handled';
  if (record?.state === 'processing') await renewIfOverdue(store, key, record);
  if (record?.state !== 'failed') return 'busy';
  const { attempts, version: seen } = record;
  const version = await write(store, key, seen, processing(attempts), PROCESSING_MS);
  return version === undefined ? 'busy' : { attempts, version };
}

/** Remembers that the host handled the event. Never rejects: what was handled must not look like a failure. */
export async function rememberHandled(
  store: RecordStore,
  key: string,
  version: string | undefined,
): Promise<void> {
  for (let writes = 1; writes <= MAX_WRITES; writes += 1) {
    try {
      await close(store, key, version, { state: 'done', attempts: 0 }, DONE_MS);
      return;
    } catch {
      // The write may have arrived: then the next one finds another version, and changes nothing.
    }
  }
}

/** Counts a failed try, so that the next delivery may begin at once. */
export async function rememberFailed(
  store: RecordStore,
  key: string,
  version: string,
  attempts: number,
): Promise<void> {
  await close(store, key, version, { state: 'failed', attempts }, FAILED_MS);
}

/** A record that can't be read goes: without it the event counts as new, and telling it twice is better than never. */
async function readDelivery(store: RecordStore, key: string): Promise<StoredDelivery | undefined> {
  try {
    const stored = await store.get(key);
    if (stored === undefined) return undefined;
    const record = parseJsonObject(stored.value);
    if (isDelivery(record)) return { ...record, version: stored.version };
    await store.delete(key, stored.version);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
  }
  return undefined;
}

function processing(attempts: number): DeliveryRecord {
  return { state: 'processing', attempts, at: Date.now() };
}

/** Has a claim that should be over by this machine's clock begin anew, once: without a TTL it would never end. */
async function renewIfOverdue(
  store: RecordStore,
  key: string,
  { attempts, at = 0, isSeen, version }: StoredDelivery,
): Promise<void> {
  if (isSeen || Math.abs(Date.now() - at) <= PROCESSING_MS + CLOCK_TOLERANCE_MS) return;
  await write(store, key, version, { ...processing(attempts), isSeen: true }, PROCESSING_MS);
}

/** Writes how a try went, also over a claim that another process has had begin anew. */
async function close(
  store: RecordStore,
  key: string,
  version: string | undefined,
  record: DeliveryRecord,
  ttlMs: number,
): Promise<void> {
  if ((await write(store, key, version, record, ttlMs)) !== undefined) return;
  const seen = await readDelivery(store, key);
  if (seen?.state === 'processing' && seen.isSeen) await write(store, key, seen.version, record, ttlMs);
}

function write(
  store: RecordStore,
  key: string,
  version: string | undefined,
  record: DeliveryRecord,
  ttlMs: number,
): Promise<string | undefined> {
  return store.compareAndSet(key, version, JSON.stringify(record), { ttlMs });
}
