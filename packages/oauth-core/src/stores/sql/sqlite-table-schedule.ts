import { checkedCancel, checkedClaim, checkedPlan, shardOf } from '../schedule/checked-plan.ts';
import type { ClaimedJob, ClaimOptions, Schedule } from '../schedule/schedule.ts';
import { fromHex, hexOf } from './hex.ts';
import { damagedRow } from './sql-errors.ts';
import type { SqlQuery } from './sql-query.ts';
import type { SqliteTableStatements } from './sqlite-statements.ts';

/** Jobs in a table with an index on when they are due, by the database's clock. */
export class SqliteTableSchedule implements Schedule {
  readonly #query: SqlQuery;
  readonly #statements: SqliteTableStatements;

  constructor(query: SqlQuery, statements: SqliteTableStatements) {
    this.#query = query;
    this.#statements = statements;
  }

  async plan(...args: Parameters<Schedule['plan']>): Promise<void> {
    const { jobs, delayMs, claim, keepMs } = checkedPlan(...args);
    if (jobs.length === 0) return;
    const { plan, planUnlessSooner, planClaimed } = this.#statements;
    const rows = JSON.stringify(jobs.map((job) => [hexOf(job), shardOf(job)]));
    if (claim !== undefined)
      await this.#query(planClaimed, [delayMs, claim, JSON.stringify(jobs.map(hexOf))]);
    else if (keepMs === undefined) await this.#query(plan, [delayMs, rows]);
    else await this.#query(planUnlessSooner, [delayMs, rows, keepMs]);
  }

  async cancel(...args: Parameters<Schedule['cancel']>): Promise<void> {
    const claim = checkedCancel(...args);
    const job = hexOf(args[0]);
    const { cancel, cancelClaimed } = this.#statements;
    await (claim === undefined ? this.#query(cancel, [job]) : this.#query(cancelClaimed, [job, claim]));
  }

  async claim(options: ClaimOptions): Promise<ClaimedJob[]> {
    const { limit, leaseMs, shard } = checkedClaim(options);
    const rows = await this.#query(this.#statements.claim, [leaseMs, shard.count, shard.index, limit]);
    const claimed = rows.map((row) => {
      const { job, claim, due } = row as Partial<Record<'job' | 'claim' | 'due', unknown>>;
      if (typeof job !== 'string' || typeof claim !== 'string') throw damagedRow();
      return { job: fromHex(job), dueAt: Number(due), claim };
    });
    return claimed.toSorted((one, other) => one.dueAt - other.dueAt);
  }
}
