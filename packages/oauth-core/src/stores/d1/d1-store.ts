import { ConfigurationError } from '../../errors/index.ts';
import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { checkTimeout } from '../../timing/timeouts.ts';
import { refuseKeyValueNamespace } from '../sql/key-value-namespace.ts';
import { SqliteTableStore } from '../sql/sqlite-table-store.ts';
import type { TableStore } from '../sql/table-store.ts';

export type { TableStore } from '../sql/table-store.ts';

/** What is used of a statement of D1. */
export interface D1Statement {
  /** The statement with its values; `all` runs it. */
  bind(...values: unknown[]): { all(): Promise<{ results: unknown[] }> };
}

/** What is used of a D1 binding, or of its session. */
export interface D1Client {
  /** A statement of SQLite, with `?` for each value. */
  prepare(query: string): D1Statement;
}

/** Where a {@link d1Store} keeps its records. */
export interface D1StoreOptions {
  /** Any name of at most 56 bytes: it is quoted. Default: `context_sdk_entries`. */
  table?: string | undefined;
  /** Milliseconds after which D1 is taken to be away if it does not answer. Default: 5,000. */
  timeoutMs?: number | undefined;
}

const OPTIONS: OptionTypes<D1StoreOptions> = { table: 'string', timeoutMs: 'number' };

/**
 * Records in Cloudflare D1, for any number of Workers. Every operation is one statement, and so atomic. TTLs follow the
 * database's clock; writes with a TTL also clear away what has expired. `list` orders by the bytes of UTF-8. A record holds at
 * most 2 MB, D1's limit for a row.
 *
 * Give it the binding itself, whose statements run on the primary database: a session may read from a replica that
 * doesn't have the last tokens yet. Values are not encrypted. {@link TableStore.createTable} has to run once.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming SQLite's code, or `corrupt`.
 *
 * @throws {ConfigurationError} if an option is out of range, or if `database` is no D1 binding, such as a KV namespace.
 */
export function d1Store(database: D1Client, options: D1StoreOptions = {}): TableStore {
  checkOptions(options, OPTIONS);
  const { table = 'context_sdk_entries', timeoutMs = 5000 } = options ?? {};
  refuseKeyValueNamespace(database);
  if (typeof database?.prepare !== 'function')
    throw new ConfigurationError('database has to be a D1 binding of the Worker, such as env.DB.');
  checkTimeout(timeoutMs);
  return new SqliteTableStore(
    async (text, values) =>
      (
        await database
          .prepare(text)
          .bind(...values)
          .all()
      ).results,
    { service: 'D1', table, timeoutMs },
  );
}
