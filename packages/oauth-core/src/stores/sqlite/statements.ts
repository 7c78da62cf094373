import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface Statements {
  /** (key, now) */
  readonly get: StatementSync;
  /** (prefix, end of prefix, after, now, limit) */
  readonly list: StatementSync;
  /** (key, value, version, expiry, now) */
  readonly insert: StatementSync;
  /** (value, version, expiry, key, expected version, now) */
  readonly update: StatementSync;
  /** (key, now) */
  readonly delete: StatementSync;
  /** (key, now, expected version) */
  readonly deleteVersion: StatementSync;
  /** (now) */
  readonly clear: StatementSync;
  /** (job, shard, due, now) */
  readonly plan: StatementSync;
  /** (job, shard, due, now, what is later than this is planned anew) */
  readonly planUnlessSooner: StatementSync;
  /** (due, now, job, claim) */
  readonly planClaimed: StatementSync;
  /** (job) */
  readonly cancel: StatementSync;
  /** (job, claim) */
  readonly cancelClaimed: StatementSync;
  /** (now, number of shards, shard, limit, what was planned later makes no sense, number of shards, shard, limit, limit) */
  readonly due: StatementSync;
  /** (until, now, job) */
  readonly claim: StatementSync;
}

const LIVE = '(expires_at IS NULL OR expires_at > ?)';

const PLAN = `INSERT INTO context_sdk_jobs (job, shard, due_at, planned_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (job) DO UPDATE SET due_at = excluded.due_at, planned_at = excluded.planned_at`;

/** Each is one statement, and so a transaction of its own. */
export function prepareStatements(database: DatabaseSync): Statements {
  return {
    // As bytes: Node 22 ends a text at its first NUL.
    get: database.prepare(
      `SELECT CAST(value AS BLOB) AS value, version FROM context_sdk_records WHERE key = ? AND ${LIVE}`,
    ),
    list: database.prepare(
      `SELECT key FROM context_sdk_records
       WHERE key >= ? AND key < ? AND key > ? AND ${LIVE} ORDER BY key LIMIT ?`,
    ),
    insert: database.prepare(
      `INSERT INTO context_sdk_records (key, value, version, expires_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE
       SET value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
       WHERE context_sdk_records.expires_at <= ?`,
    ),
    update: database.prepare(
      `UPDATE context_sdk_records SET value = ?, version = ?, expires_at = ?
       WHERE key = ? AND version = ? AND ${LIVE}`,
    ),
    delete: database.prepare(`DELETE FROM context_sdk_records WHERE key = ? AND ${LIVE}`),
    deleteVersion: database.prepare(
      `DELETE FROM context_sdk_records WHERE key = ? AND ${LIVE} AND version = ?`,
    ),
    clear: database.prepare(
      `DELETE FROM context_sdk_records WHERE key IN
       (SELECT key FROM context_sdk_records WHERE expires_at <= ? LIMIT 100)`,
    ),
    plan: database.prepare(PLAN),
    planUnlessSooner: database.prepare(`${PLAN} WHERE context_sdk_jobs.due_at > ?`),
    planClaimed: database.prepare(
      'UPDATE context_sdk_jobs SET due_at = ?, planned_at = ? WHERE job = ? AND due_at = ?',
    ),
    cancel: database.prepare('DELETE FROM context_sdk_jobs WHERE job = ?'),
    cancelClaimed: database.prepare('DELETE FROM context_sdk_jobs WHERE job = ? AND due_at = ?'),
    // Each half follows its own index: with OR, SQLite reads all jobs.
    due: database.prepare(
      `SELECT job, due_at FROM (SELECT job, due_at FROM context_sdk_jobs
         WHERE due_at <= ? AND shard % ? = ? ORDER BY due_at LIMIT ?)
       UNION SELECT job, due_at FROM (SELECT job, due_at FROM context_sdk_jobs
         WHERE planned_at > ? AND shard % ? = ? LIMIT ?)
       ORDER BY due_at LIMIT ?`,
    ),
    claim: database.prepare('UPDATE context_sdk_jobs SET due_at = ?, planned_at = ? WHERE job = ?'),
  };
}
