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
}

const LIVE = '(expires_at IS NULL OR expires_at > ?)';

/** Each is one statement, and so a transaction of its own. */
export function prepareStatements(database: DatabaseSync): Statements {
  return {
    get: database.prepare(`SELECT value, version FROM context_sdk_records WHERE key = ? AND ${LIVE}`),
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
  };
}
