import { ConfigurationError } from '../../errors/index.ts';
import { postgresStore } from '../postgres/postgres-store.ts';
import { checkSqlStoreOptions, poolOn, sqliteStoreOn, type SqlStoreOptions } from '../sql/dialect-store.ts';
import type { SqlQuery } from '../sql/sql-query.ts';
import type { TableStore } from '../sql/table-store.ts';

export type { SqlDialect, SqlStoreOptions } from '../sql/dialect-store.ts';
export type { TableStore } from '../sql/table-store.ts';

/** What is used of a `PrismaClient`. */
export interface PrismaDatabase {
  /** Runs a statement with its values and gives its rows. */
  $queryRawUnsafe(query: string, ...values: unknown[]): PromiseLike<unknown>;
}

/**
 * Records behind a `PrismaClient`: the same tables and statements as {@link postgresStore} in PostgreSQL, tables of its own
 * in SQLite. They are in no model: with `prisma migrate`, give PostgreSQL's a `schema` of their own.
 * {@link TableStore.createTable} has to run once. Statements have parameters; "unsafe" is Prisma's word for text that isn't a
 * template.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming the database's code, or `corrupt`.
 *
 * @throws {ConfigurationError} if an option is out of range, or `database` is no `PrismaClient`.
 */
export function prismaStore(database: PrismaDatabase, options: SqlStoreOptions): TableStore {
  checkSqlStoreOptions(options);
  if (typeof database?.$queryRawUnsafe !== 'function')
    throw new ConfigurationError('database has to be a PrismaClient.');
  const query: SqlQuery = async (text, values) => {
    const rows = await database.$queryRawUnsafe(text, ...values);
    return Array.isArray(rows) ? rows : [];
  };
  const { dialect, table, schema, timeoutMs } = options;
  if (dialect === 'sqlite') return sqliteStoreOn('Prisma', query, options);
  return postgresStore(poolOn(query), { table, schema, timeoutMs });
}
