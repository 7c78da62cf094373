import { ConfigurationError } from '../../errors/index.ts';
import { loadedOnce } from '../../timing/loaded-once.ts';
import type { RecordStore } from '../record-store.ts';
import { refuseKeyValueNamespace } from '../sql/key-value-namespace.ts';
import { SqliteTableStore } from '../sql/sqlite-table-store.ts';

export { answerStoreCall, remoteStore, type StoreCall, type StoreReply } from './remote-store.ts';

/** What is used of the storage of a Durable Object whose class is in `new_sqlite_classes`. */
export interface DurableObjectSql {
  readonly sql: { exec(query: string, ...values: unknown[]): { toArray(): unknown[] } };
}

const TIMEOUT_MS = 5000;

/**
 * Records in the SQLite database of a Durable Object, in tables that it makes at its first call. Everything that an object
 * confirms is on disk. TTLs follow the object's clock; `list` orders by the bytes of UTF-8. A record holds at most 2 MB.
 *
 * It is for code inside of the object. Workers reach it by {@link remoteStore}. Values are not encrypted.
 *
 * @throws {ConfigurationError} if `storage` has no SQL, or is a KV namespace.
 */
export function durableObjectStore(storage: DurableObjectSql): RecordStore {
  refuseKeyValueNamespace(storage);
  if (typeof storage?.sql?.exec !== 'function')
    throw new ConfigurationError(
      'storage has to be ctx.storage of a Durable Object with SQLite (new_sqlite_classes in its migration).',
    );
  const run = (text: string, values: readonly unknown[]): unknown[] =>
    storage.sql.exec(text, ...values).toArray();
  const create = loadedOnce(() => store.createTable());
  const store: SqliteTableStore = new SqliteTableStore(
    async (text, values) => {
      await (isCreation(text) ? undefined : create());
      return run(text, values);
    },
    { service: 'Durable Object', table: 'context_sdk_entries', timeoutMs: TIMEOUT_MS },
  );
  return store;
}

function isCreation(text: string): boolean {
  return text.startsWith('CREATE');
}
