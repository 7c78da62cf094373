import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareStatements, type Statements } from './statements.ts';

/** How long a statement may block the event loop while another process writes; longer waits are asynchronous. */
const BUSY_TIMEOUT_MS = 10;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS context_sdk_records (
    key BLOB NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    version TEXT NOT NULL,
    expires_at REAL
  );
  CREATE INDEX IF NOT EXISTS context_sdk_records_expiry
    ON context_sdk_records (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS context_sdk_jobs (
    job BLOB NOT NULL PRIMARY KEY,
    shard INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    planned_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS context_sdk_jobs_due ON context_sdk_jobs (due_at, shard);
  CREATE INDEX IF NOT EXISTS context_sdk_jobs_planned ON context_sdk_jobs (planned_at);
`;

export interface Connection {
  readonly database: DatabaseSync;
  readonly statements: Statements;
}

/** Opens the database, made for its owner's eyes only, with the table of records in it. */
export function openDatabase(path: string): Connection {
  const location = path === ':memory:' ? path : resolve(path);
  if (location !== ':memory:') makePrivate(location);
  const database = new DatabaseSync(location, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(SCHEMA);
    return { database, statements: prepareStatements(database) };
  } catch (failure) {
    database.close();
    throw failure;
  }
}

/** SQLite makes the files beside the database with the database's own mode, but leaves those that exist as they are. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600);
}
