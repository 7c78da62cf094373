import { StoreError } from '../../errors/index.ts';
import type { RecordStore } from '../record-store.ts';
import { type Cipher, openedEnvelope } from './cipher.ts';

/** Which records to encrypt anew. */
export interface RekeyOptions {
  /** Only records whose keys begin so. */
  prefix?: string | undefined;
  /** Go on behind this key: the last one that `onProgress` told. */
  after?: string | undefined;
  /** Ends the walk between two records, with its reason. */
  signal?: AbortSignal | undefined;
  /** Told after every record. */
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

/** Some stores read all their keys for every page. */
const PAGE = 10_000;

/**
 * A record is written again with its content as it is, at the version that was read: for a record that nobody holds this
 * is taking its lease, writing and releasing in one; in one that is held it leaves the holder's mark, which alone decides
 * who may write (docs/decisions/0008).
 */
export async function rekey(
  store: RecordStore,
  cipher: Cipher,
  currentKeyId: string,
  { prefix = '', after, signal, onProgress }: RekeyOptions,
): Promise<RekeyResult> {
  const result: RekeyResult = { rewritten: 0, current: 0, failed: [] };
  let done = 0;
  for await (const key of allKeys(store, prefix, after)) {
    signal?.throwIfAborted();
    try {
      const outcome = await rewrite(store, cipher, currentKeyId, key);
      if (outcome !== undefined) result[outcome] += 1;
    } catch (error) {
      if (!(error instanceof StoreError) || error.retryable) throw error;
      result.failed.push({ key, error });
    }
    done += 1;
    onProgress?.({ key, done, rewritten: result.rewritten, failed: result.failed.length });
  }
  return result;
}

async function* allKeys(
  store: RecordStore,
  prefix: string,
  after: string | undefined,
): AsyncIterable<string> {
  for (let last = after; ;) {
    const page = await store.list(prefix, { limit: PAGE, ...(last !== undefined && { after: last }) });
    yield* page;
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
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
