import { createHash, randomBytes } from 'node:crypto';
import { type RecordStore, StoreError } from '@context-sdk/context';

/** How long an address lets somebody in. */
const TTL_MS = 2 * 60_000;

/**
 * Keys that let the person's browser in, once each. They are in the store, so that any process of this server on the machine lets
 * in whom another one has invited.
 */
export class Entrance {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** A new key. */
  async invite(): Promise<string> {
    const key = randomBytes(32).toString('base64url');
    await this.#store.compareAndSet(recordOf(key), undefined, '{}', { ttlMs: TTL_MS });
    return key;
  }

  /** Whether a key lets somebody in. It does so once. One whose record is damaged lets nobody in. */
  async admit(key: string): Promise<boolean> {
    const record = await this.#store.get(recordOf(key)).catch((error: unknown) => {
      if (error instanceof StoreError && error.reason === 'corrupt') return undefined;
      throw error;
    });
    return record !== undefined && (await this.#store.delete(recordOf(key), record.version));
  }
}

function recordOf(key: string): string {
  return `mcp/invitation/${createHash('sha256').update(key).digest('hex')}`;
}
