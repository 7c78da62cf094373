import { CompiledQuery } from 'kysely';
import { ConfigurationError } from '../../errors/index.ts';
import { postgresStore } from '../postgres/postgres-store.ts';
import { checkSqlStoreOptions, poolOn, sqliteStoreOn, type SqlStoreOptions } from '../sql/dialect-store.ts';
import type { SqlQuery } from '../sql/sql-query.ts';
import type { TableStore } from '../sql/table-store.ts';

export type { SqlDialect, SqlStoreOptions } from '../sql/dialect-store.ts';
export type { TableStore } from '../sql/table-store.ts';

/** What is used of a `Kysely` instance. */
export interface KyselyDatabase {
  /** The same database, whose statements run as they are. */
  withoutPlugins(): { executeQuery(query: CompiledQuery): Promise<{ rows: unknown[] }> };
}

/**
 * Records behind a `Kysely` instance, with whatever driver it has: the same tables and statements as {@link postgresStore}
 * in PostgreSQL, tables of its own in SQLite. Plugins, such as one that renames columns, don't see its statements.
 * {@link TableStore.createTable} has to run once.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming the database's code, or `corrupt`.
 *
 * @throws {ConfigurationError} if an option is out of range, or `database` is no `Kysely` instance.
 */
export function kyselyStore(database: KyselyDatabase, options: SqlStoreOptions): TableStore {
  checkSqlStoreOptions(options);
  if (typeof database?.withoutPlugins !== 'function')
    throw new ConfigurationError('database has to be an instance of Kysely.');
  const plain = database.withoutPlugins();
  const query: SqlQuery = async (text, values) =>
    (await plain.executeQuery(CompiledQuery.raw(text, [...values]))).rows;
  const { dialect, table, schema, timeoutMs } = options;
  if (dialect === 'sqlite') return sqliteStoreOn('Kysely', query, options);
  return postgresStore(poolOn(query), { table, schema, timeoutMs });
}
