import type { TableName } from './table-name.ts';

/** Stands for "never expires": the last time that a `Date` has. */
export const FOREVER_MS = 8_640_000_000_000_000;

/** One statement each, and so a transaction of its own. Each write gives a row for what it changed: drivers count in their own ways. */
export interface SqliteTableStatements {
  readonly create: readonly string[];
  /** (key) */
  readonly get: string;
  /** (key, value, version, TTL) */
  readonly insert: string;
  /** (value, version, TTL, key, expected version) */
  readonly update: string;
  /** (key) */
  readonly delete: string;
  /** (key, expected version) */
  readonly deleteVersion: string;
  /** (prefix, end of prefix, after, limit) */
  readonly list: string;
  readonly clear: string;
  /** (delay, jobs with their shards as JSON) */
  readonly plan: string;
  /** (delay, jobs with their shards as JSON, what is this far away is planned anew) */
  readonly planUnlessSooner: string;
  /** (delay, claim, jobs as JSON) */
  readonly planClaimed: string;
  /** (job) */
  readonly cancel: string;
  /** (job, claim) */
  readonly cancelClaimed: string;
  /** (lease, number of shards, shard, limit) */
  readonly claim: string;
}

// By the clock of the machine that has the database, in whole milliseconds.
const NOW = "CAST(round(unixepoch('subsec') * 1000) AS INTEGER)";
const LIVE = `expires_at > ${NOW}`;
const EXPIRY = `min(${NOW} + CAST(? AS INTEGER), ${FOREVER_MS})`;

/** Texts only, which every driver binds and returns alike; keys and jobs are hexadecimal, so they sort by their bytes. */
export function sqliteStatementsFor({ table, index, jobs, due }: TableName): SqliteTableStatements {
  const plan = `INSERT INTO ${jobs} (job, shard, due_at, claimed_from)
      SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), ${NOW} + CAST(? AS INTEGER), 0
      FROM json_each(?) WHERE true
      ON CONFLICT (job) DO UPDATE SET due_at = excluded.due_at`;
  return {
    create: [
      `CREATE TABLE IF NOT EXISTS ${table} (
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL,
        version TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      )`,
      `CREATE INDEX IF NOT EXISTS ${index} ON ${table} (expires_at) WHERE expires_at < ${FOREVER_MS}`,
      `CREATE TABLE IF NOT EXISTS ${jobs} (
        job TEXT NOT NULL PRIMARY KEY,
        shard INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        claimed_from INTEGER NOT NULL
      ) WITHOUT ROWID`,
      `CREATE INDEX IF NOT EXISTS ${due} ON ${jobs} (due_at, shard)`,
    ],
    get: `SELECT value, version FROM ${table} WHERE key = ? AND ${LIVE}`,
    insert: `INSERT INTO ${table} (key, value, version, expires_at) VALUES (?, ?, ?, ${EXPIRY})
      ON CONFLICT (key) DO UPDATE
      SET value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
      WHERE ${table}.expires_at <= ${NOW}
      RETURNING version`,
    update: `UPDATE ${table} SET value = ?, version = ?, expires_at = ${EXPIRY}
      WHERE key = ? AND version = ? AND ${LIVE} RETURNING version`,
    delete: `DELETE FROM ${table} WHERE key = ? AND ${LIVE} RETURNING version`,
    deleteVersion: `DELETE FROM ${table} WHERE key = ? AND version = ? AND ${LIVE} RETURNING version`,
    list: `SELECT key FROM ${table}
      WHERE key >= ? AND key < ? AND key > ? AND ${LIVE} ORDER BY key LIMIT CAST(? AS INTEGER)`,
    // Without the index's own condition, SQLite reads the whole table instead.
    clear: `DELETE FROM ${table} WHERE key IN
      (SELECT key FROM ${table} WHERE expires_at <= ${NOW} AND expires_at < ${FOREVER_MS} LIMIT 100)`,
    plan,
    planUnlessSooner: `${plan} WHERE ${jobs}.due_at > ${NOW} + CAST(? AS INTEGER)`,
    planClaimed: `UPDATE ${jobs} SET due_at = ${NOW} + CAST(? AS INTEGER)
      WHERE due_at = CAST(? AS INTEGER) AND job IN (SELECT value FROM json_each(?))`,
    cancel: `DELETE FROM ${jobs} WHERE job = ?`,
    cancelClaimed: `DELETE FROM ${jobs} WHERE job = ? AND due_at = CAST(? AS INTEGER)`,
    // Each expression reads the row as it was: claimed_from is when the job was due.
    claim: `UPDATE ${jobs} SET due_at = ${NOW} + CAST(? AS INTEGER), claimed_from = due_at
      WHERE job IN (SELECT job FROM ${jobs}
        WHERE due_at <= ${NOW} AND shard % CAST(? AS INTEGER) = CAST(? AS INTEGER)
        ORDER BY due_at LIMIT CAST(? AS INTEGER))
      RETURNING job, CAST(due_at AS TEXT) AS claim, CAST(claimed_from AS TEXT) AS due`,
  };
}
