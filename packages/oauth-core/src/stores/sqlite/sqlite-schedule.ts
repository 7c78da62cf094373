import type { StatementSync } from 'node:sqlite';
import {
  checkedCancel,
  checkedClaim,
  checkedPlan,
  CLOCK_TOLERANCE_MS,
  shardOf,
} from '../schedule/checked-plan.ts';
import type { ClaimedJob, ClaimOptions, Schedule } from '../schedule/schedule.ts';
import { bytesOf, textOf } from '../text-bytes.ts';
import type { Connection } from './open-database.ts';
import type { Statements } from './statements.ts';

/** Runs something in the database, again if it was busy. */
export type RunSqlite = <R>(work: (connection: Connection) => R) => Promise<R>;

/** Jobs in a table with an index on when they are due, by `Date.now`. */
export class SqliteSchedule implements Schedule {
  readonly #run: RunSqlite;
  readonly #write: RunSqlite;

  /** `write` does all of a write or nothing. */
  constructor(run: RunSqlite, write: RunSqlite) {
    this.#run = run;
    this.#write = write;
  }

  async plan(...args: Parameters<Schedule['plan']>): Promise<void> {
    const { jobs, delayMs, claim, keepMs } = checkedPlan(...args);
    if (jobs.length === 0) return;
    await this.#write(({ statements }) => {
      const now = Date.now();
      const dueAt = now + delayMs;
      for (const job of jobs) {
        const bytes = bytesOf(job);
        if (claim !== undefined) statements.planClaimed.run(dueAt, now, bytes, claim);
        else if (keepMs === undefined) statements.plan.run(bytes, shardOf(job), dueAt, now);
        else statements.planUnlessSooner.run(bytes, shardOf(job), dueAt, now, now + keepMs);
      }
    });
  }

  async cancel(...args: Parameters<Schedule['cancel']>): Promise<void> {
    const claim = checkedCancel(...args);
    const job = bytesOf(args[0]);
    await this.#write(({ statements: { cancel, cancelClaimed } }) =>
      claim === undefined ? cancel.run(job) : cancelClaimed.run(job, claim),
    );
  }

  async claim(options: ClaimOptions): Promise<ClaimedJob[]> {
    const { limit, leaseMs, shard } = checkedClaim(options);
    // A look takes no lock, so that many processes may look at once while nothing is due.
    const [one] = await this.#run(({ statements }) => dueJobs(statements, shard, 1));
    if (one === undefined) return [];
    return await this.#write(({ statements }) => {
      const now = Date.now();
      const until = now + leaseMs;
      return dueJobs(statements, shard, limit).flatMap(({ job, due_at: since }) => {
        if (!(job instanceof Uint8Array)) return [];
        statements.claim.run(until, now, job);
        return [{ job: textOf(job), dueAt: Number(since), claim: String(until) }];
      });
    });
  }
}

/** What is due, and what a clock planned that was ahead. */
function dueJobs(
  { due }: Statements,
  { count, index }: { count: number; index: number },
  limit: number,
): ReturnType<StatementSync['all']> {
  const now = Date.now();
  return due.all(now, count, index, limit, now + CLOCK_TOLERANCE_MS, count, index, limit, limit);
}
