import { ConfigurationError } from '../../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { checkTimeout } from '../../timing/timeouts.ts';
import { sqlFailureCode } from './sql-errors.ts';
import type { SqlQuery } from './sql-query.ts';
import { SqliteTableStore } from './sqlite-table-store.ts';

/** Which database a library's client speaks to. */
export type SqlDialect = 'postgresql' | 'sqlite';

/** Where a store on a query library keeps its records. */
export interface SqlStoreOptions {
  /** What the client speaks. Others, such as MySQL, have no store. */
  dialect: SqlDialect;
  /** Any name of at most 56 bytes: it is quoted. Default: `context_sdk_records` in PostgreSQL, `context_sdk_entries` in SQLite. */
  table?: string | undefined;
  /** PostgreSQL only. Has to exist. Default: PostgreSQL looks along its `search_path`. */
  schema?: string | undefined;
  /** Milliseconds after which the database is taken to be away if it does not answer. Default: 5,000. */
  timeoutMs?: number | undefined;
}

const OPTIONS: OptionTypes<SqlStoreOptions> = {
  dialect: 'string',
  table: 'string',
  schema: 'string',
  timeoutMs: 'number',
};

/** Throws {@link ConfigurationError} for what is no option, or for another dialect. */
export function checkSqlStoreOptions(options: SqlStoreOptions): void {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { dialect, schema, timeoutMs = 5000 } = options;
  if (dialect !== 'postgresql' && dialect !== 'sqlite')
    throw new ConfigurationError("dialect must be 'postgresql' or 'sqlite'.");
  if (dialect === 'sqlite' && schema !== undefined)
    throw new ConfigurationError('schema is for PostgreSQL only: SQLite has none. Use table.');
  checkTimeout(timeoutMs);
}

/** Records of SQLite behind a library. */
export function sqliteStoreOn(service: string, run: SqlQuery, options: SqlStoreOptions): SqliteTableStore {
  const { table = 'context_sdk_entries', timeoutMs = 5000 } = options;
  return new SqliteTableStore(run, { service, table, timeoutMs });
}

/** What `postgresStore` needs: its counts and the driver's code, neither of which a library passes on. */
export function poolOn(run: SqlQuery): {
  query(text: string, values: unknown[]): Promise<{ rows: readonly unknown[]; rowCount: number }>;
} {
  return {
    async query(text, values) {
      try {
        const rows = await run(withRows(text), values);
        return { rows, rowCount: rows.length };
      } catch (failure) {
        throw Object.assign(new Error('The statement failed.'), { code: sqlFailureCode(failure) });
      }
    },
  };
}

/** A write gives a row for each that it changed. */
function withRows(text: string): string {
  return /^\s*(?:INSERT|UPDATE|DELETE)\b/.test(text) && !/\bRETURNING\b/.test(text)
    ? `${text} RETURNING true AS written`
    : text;
}
