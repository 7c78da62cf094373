import type { TableName } from '../sql/table-name.ts';

/** A TTL in milliseconds is the last parameter of those that have one. */
export interface Writes {
  /** (key, value, version) */
  readonly insert: string;
  /** (key, value, version, expected version) */
  readonly update: string;
}

/** One statement each, and so a transaction of its own: nothing depends on the session behind a pooler. */
export interface Statements {
  readonly createTable: string;
  readonly createIndex: string;
  /** Fails unless the table is there. */
  readonly probe: string;
  /** (key) */
  readonly get: string;
  /** (keys) */
  readonly getMany: string;
  readonly forever: Writes;
  readonly expiring: Writes;
  /** (key) */
  readonly delete: string;
  /** (key, expected version) */
  readonly deleteVersion: string;
  /** (prefix, end of prefix, after, limit or null) */
  readonly list: string;
  readonly clear: string;
}

// The time of the clock, not of the transaction: that may have begun before it waited for a lock.
const NOW = 'clock_timestamp()';
const LIVE = `record.expires_at > ${NOW}`;
const NEVER = `'infinity'`;

function ttlFrom(parameter: number): string {
  return `${NOW} + $${parameter}::float8 * interval '1 millisecond'`;
}

function insertInto(table: string, expiry: string): string {
  return `INSERT INTO ${table} AS record (key, value, version, expires_at)
      VALUES ($1::bytea, $2::bytea, $3::text, ${expiry})
      ON CONFLICT (key) DO UPDATE
      SET value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
      WHERE record.expires_at <= ${NOW}`;
}

function updateOf(table: string, expiry: string): string {
  return `UPDATE ${table} AS record SET value = $2::bytea, version = $3::text, expires_at = ${expiry}
      WHERE key = $1::bytea AND version = $4::text AND ${LIVE}`;
}

export function statementsFor({ table, index }: TableName): Statements {
  return {
    // Room for the next version on the same page, so that an update leaves the index of keys alone.
    createTable: `CREATE TABLE IF NOT EXISTS ${table} (
        key bytea PRIMARY KEY,
        value bytea NOT NULL,
        version text NOT NULL,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 80)`,
    createIndex: `CREATE INDEX IF NOT EXISTS ${index} ON ${table} (expires_at) WHERE expires_at < ${NEVER}`,
    probe: `SELECT key FROM ${table} LIMIT 0`,
    get: `SELECT value, version FROM ${table} AS record WHERE key = $1::bytea AND ${LIVE}`,
    getMany: `SELECT key, value, version FROM ${table} AS record WHERE key = ANY($1::bytea[]) AND ${LIVE}`,
    forever: { insert: insertInto(table, NEVER), update: updateOf(table, NEVER) },
    expiring: { insert: insertInto(table, ttlFrom(4)), update: updateOf(table, ttlFrom(5)) },
    delete: `DELETE FROM ${table} AS record WHERE key = $1::bytea AND ${LIVE}`,
    deleteVersion: `DELETE FROM ${table} AS record WHERE key = $1::bytea AND version = $2::text AND ${LIVE}`,
    list: `SELECT key FROM ${table} AS record
      WHERE key >= $1::bytea AND key < $2::bytea AND key > $3::bytea AND ${LIVE} ORDER BY key LIMIT $4::bigint`,
    // Without the index's own condition, PostgreSQL reads the whole table instead.
    clear: `DELETE FROM ${table} WHERE expires_at <= now() AND key IN
      (SELECT key FROM ${table} WHERE expires_at <= now() AND expires_at < ${NEVER}
        LIMIT 100 FOR UPDATE SKIP LOCKED)`,
  };
}
