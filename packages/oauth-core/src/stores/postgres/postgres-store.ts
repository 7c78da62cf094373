import { ConfigurationError, StoreError } from '../../errors/index.ts';
import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { checkTimeout, withTimeout } from '../../timing/timeouts.ts';
import { checkedListOptions, checkedTtl, checkKey, checkKeys, checkString } from '../check-arguments.ts';
import { orderedKeys } from '../many-records.ts';
import type { RecordStore, StoredRecord } from '../record-store.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { markSound } from '../sound-store.ts';
import { tableName } from '../sql/table-name.ts';
import { bytesOf, endOfPrefix, textOf } from '../text-bytes.ts';
import { foreignRow, isConflict, isCreatedMeanwhile, isForbidden, postgresError } from './postgres-errors.ts';
import type { PostgresPool } from './postgres-pool.ts';
import { PostgresSchedule } from './postgres-schedule.ts';
import { type ScheduleStatements, scheduleStatementsFor } from './schedule-statements.ts';
import { type Statements, statementsFor } from './statements.ts';

export type { PostgresPool } from './postgres-pool.ts';

/** Where a {@link postgresStore} keeps its records. */
export interface PostgresStoreOptions {
  /** Any name of at most 56 bytes: it is quoted. Default: `context_sdk_records`. */
  table?: string | undefined;
  /** Has to exist. Default: PostgreSQL looks along its `search_path`. */
  schema?: string | undefined;
  /**
   * Milliseconds after which PostgreSQL is taken to be away if it does not answer. Default: 5,000. A pool waits
   * without an end for a connection unless it has a `connectionTimeoutMillis`.
   */
  timeoutMs?: number | undefined;
}

/** A {@link RecordStore} with a table of its own. */
export interface PostgresStore extends RecordStore {
  /** Makes the tables of records and of the schedule and their indexes where they are not there yet; any number of processes may do so at once. */
  createTable(): Promise<void>;
}

const OPTIONS: OptionTypes<PostgresStoreOptions> = { table: 'string', schema: 'string', timeoutMs: 'number' };

const MAX_CONFLICTS = 10;
/** Some 3,000 years: PostgreSQL's time ends, too. */
const MAX_TTL_MS = 1e14;
const WRITES_BETWEEN_CLEARINGS = 100;
const SCAN_PAGE = 1000;

/**
 * Records in a table of PostgreSQL, for any number of machines. Every operation is one statement with nothing left
 * behind in its session: no transaction, prepared statement or advisory lock, so that a pooler in transaction mode may
 * stand in between. TTLs follow the database's clock; writes with a TTL also clear away what has expired. `list`
 * orders by the bytes of UTF-8.
 *
 * The pool is the host's: made and closed by it, connected to the primary server, with `synchronous_commit` on.
 * Values are not encrypted. {@link PostgresStore.createTable} has to run once.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming PostgreSQL's SQLSTATE, or `corrupt`.
 *
 * @throws {ConfigurationError} if `table` or `schema` is no name, `timeoutMs` is out of range, or `pool` has no `query`.
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): PostgresStore {
  checkOptions(options, OPTIONS);
  const { table = 'context_sdk_records', schema, timeoutMs = 5000 } = options ?? {};
  if (typeof pool?.query !== 'function')
    throw new ConfigurationError("The pool has to be one of pg's, or have its query().");
  checkTimeout(timeoutMs);
  const names = tableName(table, schema);
  const statements = { ...statementsFor(names), schedule: scheduleStatementsFor(names) };
  return markSound(new PgStore(pool, statements, timeoutMs));
}

class PgStore implements PostgresStore {
  readonly #pool: PostgresPool;
  readonly #statements: Statements & { readonly schedule: ScheduleStatements };
  readonly #timeoutMs: number;
  readonly #schedule: Schedule;
  #expiringWrites = 0;

  constructor(
    pool: PostgresPool,
    statements: Statements & { readonly schedule: ScheduleStatements },
    timeoutMs: number,
  ) {
    this.#pool = pool;
    this.#statements = statements;
    this.#timeoutMs = timeoutMs;
    this.#schedule = new PostgresSchedule((text, values) => this.#query(text, values), statements.schedule);
  }

  async createTable(): Promise<void> {
    const { createTable, createIndex, schedule } = this.#statements;
    let refusal: unknown;
    const isDone = (failure: unknown): boolean => {
      if (isForbidden(failure)) refusal = failure;
      return refusal !== undefined || isCreatedMeanwhile(failure);
    };
    for (const statement of [createTable, createIndex, schedule.createTable, schedule.createIndex])
      await this.#query(statement, [], isDone);
    if (refusal !== undefined && !(await this.#isThere())) throw postgresError(refusal);
  }

  /** A role that may create nothing can work with what another has made. */
  async #isThere(): Promise<boolean> {
    const { probe, schedule } = this.#statements;
    const looks = [probe, schedule.probe].map((statement) => this.#query(statement, []));
    return (await Promise.allSettled(looks)).every(({ status }) => status === 'fulfilled');
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    checkKey(key);
    const { rows } = await this.#query(this.#statements.get, [bytesOf(key)]);
    return rows.length === 0 ? undefined : readRow(rows[0]);
  }

  async getMany(keys: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    checkKeys(keys);
    const { rows } = await this.#query(this.#statements.getMany, [keys.map(bytesOf)]);
    const found = new Map(rows.map((row) => [keyOf(row), readRow(row)]));
    return keys.map((key) => found.get(key));
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
    const version = crypto.randomUUID();
    const { forever, expiring } = this.#statements;
    const { insert, update } = ttlMs === undefined ? forever : expiring;
    const row: unknown[] = [bytesOf(key), bytesOf(value), version];
    if (expected !== undefined) row.push(expected);
    if (ttlMs !== undefined) row.push(Math.min(ttlMs, MAX_TTL_MS));
    const written = await this.#query(expected === undefined ? insert : update, row);
    if (countOf(written) === 0) return undefined;
    if (ttlMs !== undefined) await this.#clearNowAndThen();
    return version;
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    checkKey(key);
    const deleted = await (expected === undefined
      ? this.#query(this.#statements.delete, [bytesOf(key)])
      : this.#query(this.#statements.deleteVersion, [bytesOf(key), expected]));
    return countOf(deleted) !== 0;
  }

  async list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    checkString(prefix, 'prefix');
    const { after = '', limit } = checkedListOptions(options);
    const range = [bytesOf(prefix), endOfPrefix(prefix), bytesOf(after), limit ?? null];
    const { rows } = await this.#query(this.#statements.list, range);
    return rows.map(keyOf);
  }

  /** Pages follow the index, so that together they are one scan. */
  async *scan(prefix: string): AsyncGenerator<string> {
    yield* orderedKeys(this, prefix, undefined, SCAN_PAGE);
  }

  schedule(): Schedule {
    return this.#schedule;
  }

  async #query(
    text: string,
    values: unknown[],
    isDone: (failure: unknown) => boolean = () => false,
  ): ReturnType<PostgresPool['query']> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await withTimeout(this.#timeoutMs, this.#pool.query(text, values));
      } catch (failure) {
        if (isDone(failure)) return { rows: [], rowCount: 0 };
        if (!isConflict(failure) || conflicts === MAX_CONFLICTS) throw postgresError(failure);
      }
    }
  }

  /** The write before it took effect, whatever becomes of this one: the next clears again. */
  async #clearNowAndThen(): Promise<void> {
    if (++this.#expiringWrites % WRITES_BETWEEN_CLEARINGS !== 0) return;
    await this.#query(this.#statements.clear, []).catch(() => undefined);
  }
}

/** How many rows a write has changed. */
function countOf({ rowCount }: { rowCount: number | null }): number {
  if (typeof rowCount === 'number') return rowCount;
  throw new StoreError('corrupt', 'The pool does not say how many rows a statement has changed: rowCount.');
}

function keyOf(row: unknown): string {
  const { key } = row as { key?: unknown };
  if (key instanceof Uint8Array) return textOf(key);
  throw foreignRow();
}

function readRow(row: unknown): StoredRecord {
  const { value, version } = row as Partial<Record<keyof StoredRecord, unknown>>;
  if (value instanceof Uint8Array && typeof version === 'string') return { value: textOf(value), version };
  throw foreignRow();
}
