import { ConfigurationError } from '../../errors/index.ts';
import { checkObject } from '../../options/option-types.ts';
import { postgresStore } from '../postgres/postgres-store.ts';
import { checkSqlStoreOptions, poolOn, sqliteStoreOn, type SqlStoreOptions } from '../sql/dialect-store.ts';
import type { SqlQuery } from '../sql/sql-query.ts';
import type { TableStore } from '../sql/table-store.ts';

export type { SqlDialect, SqlStoreOptions } from '../sql/dialect-store.ts';
export type { TableStore } from '../sql/table-store.ts';

/** What is used of a database of Drizzle: `execute` for PostgreSQL, `all` for SQLite. */
export interface DrizzleDatabase {
  /** Runs a statement of PostgreSQL. */
  execute?(query: unknown): PromiseLike<unknown>;
  /** Runs a statement of SQLite and gives its rows. */
  all?(query: unknown): unknown;
}

/** Drizzle's `sql`, of which statements are made. */
export interface DrizzleSql {
  /** A part of a statement. */
  raw(text: string): unknown;
  /** A value, bound to a placeholder. */
  param(value: unknown): unknown;
  /** The statement that parts and values make. */
  join(chunks: unknown[]): unknown;
}

/** Options for {@link drizzleStore}. */
export interface DrizzleStoreOptions extends SqlStoreOptions {
  /** Your Drizzle's own: `import { sql } from 'drizzle-orm'`. Drizzle takes no statement that another copy of it has made. */
  sql: DrizzleSql;
}

/**
 * Records behind a database of Drizzle, with whatever driver it has: the same tables and statements as {@link postgresStore}
 * in PostgreSQL, tables of its own in SQLite. The records are in no schema of Drizzle: leave their tables out of
 * drizzle-kit's `tablesFilter`, or `push` drops them. {@link TableStore.createTable} has to run once.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming the database's code, or `corrupt`.
 *
 * @throws {ConfigurationError} if an option is out of range, or `database` is none of Drizzle's for the dialect.
 */
export function drizzleStore(database: DrizzleDatabase, options: DrizzleStoreOptions): TableStore {
  checkObject(options, 'options');
  const { sql, ...rest } = options;
  checkSqlStoreOptions(rest);
  if (typeof sql?.raw !== 'function' || typeof sql.param !== 'function' || typeof sql.join !== 'function')
    throw new ConfigurationError("sql has to be Drizzle's: import { sql } from 'drizzle-orm'.");
  const { dialect, table, schema, timeoutMs } = rest;
  if (dialect === 'sqlite') return sqliteStoreOn('Drizzle', sqliteQuery(database, sql), rest);
  return postgresStore(poolOn(postgresQuery(database, sql)), { table, schema, timeoutMs });
}

function sqliteQuery(database: DrizzleDatabase, sql: DrizzleSql): SqlQuery {
  if (typeof database?.all !== 'function') throw notOfDialect('all', 'sqlite');
  const all = database.all.bind(database);
  return async (text, values) => listOf(await all(bound(sql, text.split('?'), values)));
}

function postgresQuery(database: DrizzleDatabase, sql: DrizzleSql): SqlQuery {
  if (typeof database?.execute !== 'function') throw notOfDialect('execute', 'postgresql');
  const execute = database.execute.bind(database);
  return async (text, values) => {
    // The odd ones are the numbers of parameters.
    const parts = text.split(/\$(\d+)/);
    const texts = parts.filter((_, index) => index % 2 === 0);
    const numbers = parts.filter((_, index) => index % 2 === 1);
    const result = await execute(
      bound(
        sql,
        texts,
        numbers.map((number) => values[Number(number) - 1]),
      ),
    );
    // pg has an object with rows, postgres.js a list.
    return listOf(typeof result === 'object' && result !== null && 'rows' in result ? result.rows : result);
  };
}

/** A statement of these parts, with a value between each two. */
function bound(sql: DrizzleSql, texts: readonly string[], values: readonly unknown[]): unknown {
  const chunks = texts.flatMap((text, index) => [
    sql.raw(text),
    ...(index < texts.length - 1 ? [sql.param(values[index])] : []),
  ]);
  return sql.join(chunks);
}

function listOf(rows: unknown): readonly unknown[] {
  if (!Array.isArray(rows)) return [];
  if (Array.isArray(rows[0]))
    throw new ConfigurationError(
      'The driver gives rows as lists, such as sqlite-proxy: use one that names columns.',
    );
  return rows;
}

function notOfDialect(method: string, dialect: string): ConfigurationError {
  return new ConfigurationError(
    `database has to be one of Drizzle's with ${method}(), as those with the dialect ${dialect} have.`,
  );
}
