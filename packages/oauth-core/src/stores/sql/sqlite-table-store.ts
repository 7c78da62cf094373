import { withTimeout } from '../../timing/timeouts.ts';
import { checkedListOptions, checkedTtl, checkKey, checkString } from '../check-arguments.ts';
import type { StoredRecord } from '../record-store.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { fromHex, hexOf, PAST_HEX } from './hex.ts';
import { damagedRow, sqlStoreError } from './sql-errors.ts';
import type { SqlQuery } from './sql-query.ts';
import { FOREVER_MS, sqliteStatementsFor, type SqliteTableStatements } from './sqlite-statements.ts';
import { SqliteTableSchedule } from './sqlite-table-schedule.ts';
import { tableName } from './table-name.ts';
import type { TableStore } from './table-store.ts';

const WRITES_BETWEEN_CLEARINGS = 100;

/** What a {@link SqliteTableStore} needs to know. */
export interface SqliteTableOptions {
  /** The database's name in errors. */
  readonly service: string;
  readonly table: string;
  readonly timeoutMs: number;
}

/** Records in SQLite behind a driver of any kind: each operation is one statement, which gives rows. */
export class SqliteTableStore implements TableStore {
  readonly #query: SqlQuery;
  readonly #statements: SqliteTableStatements;
  readonly #schedule: Schedule;
  #expiringWrites = 0;

  constructor(run: SqlQuery, { service, table, timeoutMs }: SqliteTableOptions) {
    this.#query = async (text, values) => {
      try {
        return await withTimeout(timeoutMs, run(text, values));
      } catch (failure) {
        throw sqlStoreError(service, failure);
      }
    };
    this.#statements = sqliteStatementsFor(tableName(table, undefined));
    this.#schedule = new SqliteTableSchedule(this.#query, this.#statements);
  }

  async createTable(): Promise<void> {
    for (const statement of this.#statements.create) await this.#query(statement, []);
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    checkKey(key);
    const [row] = await this.#query(this.#statements.get, [hexOf(key)]);
    if (row === undefined) return undefined;
    const { value, version } = row as Partial<Record<keyof StoredRecord, unknown>>;
    if (typeof value === 'string' && typeof version === 'string') return { value: unquoted(value), version };
    throw damagedRow();
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
    const lastsMs = ttlMs === undefined ? FOREVER_MS : Math.min(Math.ceil(ttlMs), FOREVER_MS);
    // As JSON, which has no NUL, whatever the value has.
    const text = JSON.stringify(value);
    const { insert, update } = this.#statements;
    const written = await (expected === undefined
      ? this.#query(insert, [hexOf(key), text, version, lastsMs])
      : this.#query(update, [text, version, lastsMs, hexOf(key), expected]));
    if (written.length === 0) return undefined;
    if (ttlMs !== undefined) await this.#clearNowAndThen();
    return version;
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    checkKey(key);
    const deleted = await (expected === undefined
      ? this.#query(this.#statements.delete, [hexOf(key)])
      : this.#query(this.#statements.deleteVersion, [hexOf(key), expected]));
    return deleted.length !== 0;
  }

  async list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    checkString(prefix, 'prefix');
    const { after = '', limit } = checkedListOptions(options);
    const start = hexOf(prefix);
    const rows = await this.#query(this.#statements.list, [
      start,
      start + PAST_HEX,
      hexOf(after),
      limit ?? -1,
    ]);
    return rows.map((row) => {
      const { key } = row as { key?: unknown };
      if (typeof key !== 'string') throw damagedRow();
      return fromHex(key);
    });
  }

  schedule(): Schedule {
    return this.#schedule;
  }

  /** The write before it took effect, whatever becomes of this one: the next clears again. */
  async #clearNowAndThen(): Promise<void> {
    if (++this.#expiringWrites % WRITES_BETWEEN_CLEARINGS !== 0) return;
    await this.#query(this.#statements.clear, []).catch(() => undefined);
  }
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
  } catch {
    throw damagedRow();
  }
  throw damagedRow();
}
