import { StoreError } from '../../errors/index.ts';
import { tellListener } from '../../hooks/tell-listener.ts';
import { orderedKeys, readRecords } from '../many-records.ts';
import type { RecordStore, StoredRecord } from '../record-store.ts';
import { type Cipher, openedEnvelope } from './cipher.ts';
import { decodeEnvelope } from './envelope.ts';

/** Which records to encrypt anew. */
export interface RekeyOptions {
  /** Only records whose keys begin so. */
  prefix?: string | undefined;
  /** Go on behind this key: the last one that `onProgress` told. */
  after?: string | undefined;
  /** Ends the walk between two records, with its reason. */
  signal?: AbortSignal | undefined;
  /** Told after every record. What it throws is ignored. */
  onProgress?:
    ((progress: { key: string; done: number; rewritten: number; failed: number }) => void) | undefined;
}

/** What became of the records. */
export interface RekeyResult {
  /** Encrypted anew, with the current key. */
  rewritten: number;
  /** Had the current key already. */
  current: number;
  /** Left as they were: their key is missing, or they are corrupt. */
  failed: { key: string; error: StoreError }[];
}

/** Records that are read at once. */
const BATCH = 100;

/**
 * A record is written again with its content as it is, at the version that was read: for a record that nobody holds this
 * is taking its lease, writing and releasing in one; in one that is held it leaves the holder's mark, which alone decides
 * who may write (docs/decisions/0008).
 */
export async function rekey(
  store: RecordStore,
  cipher: Cipher,
  currentKeyId: string,
  options: RekeyOptions,
): Promise<RekeyResult> {
  const { signal, onProgress } = options;
  const result: RekeyResult = { rewritten: 0, current: 0, failed: [] };
  let done = 0;
  for await (const { key, isCurrent } of examined(store, options, currentKeyId)) {
    signal?.throwIfAborted();
    try {
      const outcome = isCurrent ? 'current' : await rewrite(store, cipher, currentKeyId, key);
      if (outcome !== undefined) result[outcome] += 1;
    } catch (error) {
      if (!(error instanceof StoreError) || error.retryable) throw error;
      result.failed.push({ key, error });
    }
    done += 1;
    tellListener(onProgress, { key, done, rewritten: result.rewritten, failed: result.failed.length });
  }
  return result;
}

/** All keys in order, with whether their records have the current key already. */
async function* examined(
  store: RecordStore,
  { prefix = '', after }: RekeyOptions,
  currentKeyId: string,
): AsyncGenerator<{ key: string; isCurrent: boolean }> {
  let batch: string[] = [];
  const read = async (): Promise<{ key: string; isCurrent: boolean }[]> => {
    const keys = batch;
    batch = [];
    const records = await readable(store, keys);
    return keys.map((key, index) => ({ key, isCurrent: isOfKey(records[index]?.value, currentKeyId) }));
  };
  for await (const key of orderedKeys(store, prefix, after)) {
    batch.push(key);
    if (batch.length === BATCH) yield* await read();
  }
  yield* await read();
}

/** The records; none if one of them can't be read, so that each is looked at by itself. */
async function readable(
  store: RecordStore,
  keys: readonly string[],
): Promise<readonly (StoredRecord | undefined)[]> {
  try {
    return await readRecords(store, keys);
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable) throw error;
    return [];
  }
}

function isOfKey(text: string | undefined, keyId: string): boolean {
  return text !== undefined && decodeEnvelope(text)?.keyId === keyId;
}

/** Undefined if the record is gone. */
async function rewrite(
  store: RecordStore,
  cipher: Cipher,
  currentKeyId: string,
  key: string,
): Promise<'rewritten' | 'current' | undefined> {
  for (;;) {
    const record = await store.get(key);
    if (record === undefined) return undefined;
    const { keyId, ttlMs } = openedEnvelope(key, record.value);
    if (keyId === currentKeyId) return 'current';
    const text = await cipher.encrypt(key, await cipher.decrypt(key, record.value), ttlMs);
    const written = await store.compareAndSet(
      key,
      record.version,
      text,
      ttlMs === undefined ? {} : { ttlMs },
    );
    if (written !== undefined) return 'rewritten';
  }
}
