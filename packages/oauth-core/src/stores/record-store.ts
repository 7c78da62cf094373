import type { Schedule } from './schedule/schedule.ts';

/** One record as the store has it. */
export interface StoredRecord {
  value: string;
  /** Opaque; never the same twice for a key, not even after a delete. */
  version: string;
}

/**
 * The only persistence that the SDK asks for. Tokens, login transactions, leases, webhook delivery keys and
 * change-feed positions are all records behind these four methods. The optional ones do the same for less.
 *
 * Keys are any text up to 512 bytes in UTF-8; an adapter escapes what its backend can't take. An expired
 * record reads as absent. Failures are {@link StoreError}s.
 */
export interface RecordStore {
  /** The record, or `undefined` if there is none. */
  get(key: string): Promise<StoredRecord | undefined>;

  /**
   * Writes only if the record still has the version `expected` (`undefined`: only if there is none) and gives
   * the new version, or `undefined` if another write was first. A record written without `ttlMs` (milliseconds) lasts.
   */
  compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    options?: { ttlMs?: number | undefined },
  ): Promise<string | undefined>;

  /** Deletes the record; with `expected`, only at that version. Says whether there was a record to delete. */
  delete(key: string, expected?: string): Promise<boolean>;

  /**
   * Keys under a prefix in order, up to `limit` of those that follow `after`; all without a limit. Fewer than `limit` say that no more
   * follow: a backend that gives pages is asked for the next one. For maintenance, not for requests.
   */
  list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]>;

  /**
   * The records of several keys in their order, `undefined` where there is none; rejects where `get` would for one of them. Optional:
   * without it, each is read by `get`.
   */
  getMany?(keys: readonly string[]): Promise<(StoredRecord | undefined)[]>;

  /**
   * All keys under a prefix in one scan of the backend, in any order; a key may come twice. Optional: without it, `list` is read page by
   * page, and a backend without an order scans everything for each.
   */
  scan?(prefix: string): AsyncIterable<string>;

  /** When maintenance is due, in the same database; always the same object. Without it, maintenance looks at every connection each time. */
  schedule?(): Schedule | undefined;
}

/** A {@link RecordStore} that tokens are kept in. */
export type TokenStore = RecordStore;
