import type { Connection } from './open-database.ts';
import { sqliteError } from './sqlite-errors.ts';
import type { RunSqlite } from './sqlite-schedule.ts';

interface Write {
  work: (connection: Connection) => unknown;
  resolve: (result: never) => void;
  reject: (failure: unknown) => void;
}

/** Timers that a test replaces must not keep writes waiting. */
const nextTurn = setImmediate;

/**
 * Does the writes of one turn of the event loop in one transaction: the disk is waited for once, not for each of them. A write succeeds
 * once all are on disk; one that fails leaves the others as they are.
 */
export class GroupedWrites {
  readonly #run: RunSqlite;
  readonly #waiting: Write[] = [];
  #isUnderWay = false;

  constructor(run: RunSqlite) {
    this.#run = run;
  }

  /** `work` runs again if the database was busy. */
  add<R>(work: (connection: Connection) => R): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#isUnderWay) return;
      this.#isUnderWay = true;
      nextTurn(() => void this.#writeAll());
    });
  }

  /** Does at once what waits, before the connection is closed. */
  flush(connection: Connection): void {
    const writes = this.#waiting.splice(0);
    if (writes.length === 0) return;
    try {
      for (const each of inOneTransaction(connection, writes)) each();
    } catch (failure) {
      for (const { reject } of writes) reject(sqliteError(failure));
    }
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const writes = this.#waiting.splice(0);
      try {
        const settle = await this.#run((connection) => inOneTransaction(connection, writes));
        for (const each of settle) each();
      } catch (failure) {
        for (const { reject } of writes) reject(failure);
      }
    }
    this.#isUnderWay = false;
  }
}

function inOneTransaction(connection: Connection, writes: readonly Write[]): (() => void)[] {
  const { database } = connection;
  database.exec('BEGIN IMMEDIATE');
  try {
    const settle = writes.map((write) => outcomeOf(connection, write));
    database.exec('COMMIT');
    return settle;
  } catch (failure) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw failure;
  }
}

/** Throws what ends the transaction for all, such as a disk that is full. */
function outcomeOf(connection: Connection, { work, resolve, reject }: Write): () => void {
  const { database } = connection;
  database.exec('SAVEPOINT one');
  try {
    const result = work(connection) as never;
    database.exec('RELEASE one');
    return () => resolve(result);
  } catch (failure) {
    if (!database.isTransaction) throw failure;
    database.exec('ROLLBACK TO one; RELEASE one');
    return () => reject(sqliteError(failure));
  }
}
