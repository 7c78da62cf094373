import { randomUUID } from 'node:crypto';
import { StoreError } from '../../errors/index.ts';
import { delay } from '../../timing/delay.ts';
import { checkedListOptions, checkedTtl, checkKey, checkKeys, checkString } from '../check-arguments.ts';
import { orderedKeys } from '../many-records.ts';
import type { RecordStore, StoredRecord } from '../record-store.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { markSound } from '../sound-store.ts';
import { bytesOf, endOfPrefix, textOf } from '../text-bytes.ts';
import { GroupedWrites } from './grouped-writes.ts';
import { type Connection, openDatabase } from './open-database.ts';
import { isBusy, sqliteError } from './sqlite-errors.ts';
import { SqliteSchedule } from './sqlite-schedule.ts';
import type { Statements } from './statements.ts';

/** A {@link RecordStore} that holds a file open. */
export interface SqliteStore extends RecordStore {
  /** Closes the database; later calls reject with {@link StoreError}. Closing twice does nothing. */
  close(): void;
}

const MAX_BUSY_MS = 5000;
const FIRST_RETRY_MS = 5;
const LAST_RETRY_MS = 80;
const WRITES_BETWEEN_CLEARINGS = 100;
const SCAN_PAGE = 1000;

/**
 * Records in a SQLite file, for any number of processes on one machine: `node:sqlite` in WAL mode with
 * `synchronous = FULL`, so that a write is on disk before it succeeds; writes of one turn of the event loop wait for the
 * disk together. The file, made at the first call together with its tables `context_sdk_records` and `context_sdk_jobs`,
 * gets mode 0600, also where it existed; values are not encrypted. Its
 * directory has to exist. `:memory:` keeps everything in this process.
 *
 * A statement waits at most 10 ms for another process's lock, since that blocks the event loop, and then is tried
 * again for up to 5 seconds. TTLs follow `Date.now`; writes with a TTL also clear away what has expired. `list`
 * orders by the bytes of UTF-8.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming SQLite's error number, or `corrupt`.
 */
export function sqliteStore(path: string): SqliteStore {
  checkString(path, 'path');
  return markSound(new NodeSqliteStore(path));
}

class NodeSqliteStore implements SqliteStore {
  readonly #path: string;
  readonly #writes = new GroupedWrites((work) => this.#runWith(work));
  readonly #schedule: Schedule = new SqliteSchedule(
    (work) => this.#runWith(work),
    (work) => this.#writes.add(work),
  );
  #connection: Connection | undefined;
  #isClosed = false;
  #expiringWrites = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    checkKey(key);
    return readRow(key, await this.#run((statements) => statements.get.get(bytesOf(key), Date.now())));
  }

  async getMany(keys: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    checkKeys(keys);
    const rows = await this.#run(({ get }) => keys.map((key) => get.get(bytesOf(key), Date.now())));
    return keys.map((key, index) => readRow(key, rows[index]));
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    options?: { ttlMs?: number | undefined },
  ): Promise<string | undefined> {
    checkKey(key);
    const ttlMs = checkedTtl(options);
    checkString(value, 'value');
    // Random, not counted: a counter would begin anew when a record is deleted.
    const version = randomUUID();
    const bytes = bytesOf(key);
    const { changes } = await this.#writes.add(({ statements }) => {
      const now = Date.now();
      const expiry = ttlMs === undefined ? null : now + ttlMs;
      if (expected === undefined) return statements.insert.run(bytes, value, version, expiry, now);
      return statements.update.run(value, version, expiry, bytes, expected, now);
    });
    if (changes === 0) return undefined;
    if (ttlMs !== undefined) this.#clearNowAndThen();
    return version;
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    checkKey(key);
    const bytes = bytesOf(key);
    const { changes } = await this.#writes.add(({ statements }) =>
      expected === undefined
        ? statements.delete.run(bytes, Date.now())
        : statements.deleteVersion.run(bytes, Date.now(), expected),
    );
    return changes !== 0;
  }

  async list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    checkString(prefix, 'prefix');
    const { after = '', limit } = checkedListOptions(options);
    const rows = await this.#run(({ list }) =>
      list.all(bytesOf(prefix), endOfPrefix(prefix), bytesOf(after), Date.now(), limit ?? -1),
    );
    return rows.flatMap(({ key }) => (key instanceof Uint8Array ? [textOf(key)] : []));
  }

  /** Pages follow the index, so that together they are one scan. */
  async *scan(prefix: string): AsyncGenerator<string> {
    yield* orderedKeys(this, prefix, undefined, SCAN_PAGE);
  }

  schedule(): Schedule {
    return this.#schedule;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#connection) this.#writes.flush(this.#connection);
    this.#connection?.database.close();
    this.#connection = undefined;
  }

  #run<R>(statement: (statements: Statements) => R): Promise<R> {
    return this.#runWith(({ statements }) => statement(statements));
  }

  async #runWith<R>(work: (connection: Connection) => R): Promise<R> {
    const giveUpAt = performance.now() + MAX_BUSY_MS;
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
      try {
        return work(this.#connect());
      } catch (failure) {
        if (!isBusy(failure) || performance.now() > giveUpAt) throw sqliteError(failure);
      }
      await delay(waitMs * (0.5 + Math.random()));
    }
  }

  #connect(): Connection {
    if (this.#isClosed) throw new StoreError('unavailable', 'The SQLite store is closed.');
    if (this.#connection) return this.#connection;
    this.#connection = openDatabase(this.#path);
    return this.#connection;
  }

  /** The write before it took effect, whatever becomes of this one: the next clears again. */
  #clearNowAndThen(): void {
    if (++this.#expiringWrites % WRITES_BETWEEN_CLEARINGS !== 0) return;
    try {
      this.#connection?.statements.clear.run(Date.now());
    } catch {
      return;
    }
  }
}

function readRow(key: string, row: Record<string, unknown> | undefined): StoredRecord | undefined {
  if (!row) return undefined;
  const { value, version }: Partial<Record<keyof StoredRecord, unknown>> = row;
  if (value instanceof Uint8Array && typeof version === 'string') return { value: textOf(value), version };
  throw new StoreError('corrupt', `The record ${JSON.stringify(key)} is not one that the SDK wrote.`);
}
