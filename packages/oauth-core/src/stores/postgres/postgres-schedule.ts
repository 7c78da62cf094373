import { checkedCancel, checkedClaim, checkedPlan, shardOf } from '../schedule/checked-plan.ts';
import type { ClaimedJob, ClaimOptions, Schedule } from '../schedule/schedule.ts';
import { bytesOf, textOf } from '../text-bytes.ts';
import { foreignRow } from './postgres-errors.ts';
import type { PostgresPool } from './postgres-pool.ts';
import type { ScheduleStatements } from './schedule-statements.ts';

/** Jobs in a table with an index on when they are due, by the database's clock. Claims skip what others are claiming. */
export class PostgresSchedule implements Schedule {
  readonly #query: PostgresPool['query'];
  readonly #statements: ScheduleStatements;

  constructor(query: PostgresPool['query'], statements: ScheduleStatements) {
    this.#query = query;
    this.#statements = statements;
  }

  async plan(...args: Parameters<Schedule['plan']>): Promise<void> {
    const { jobs, delayMs, claim, keepMs } = checkedPlan(...args);
    if (jobs.length === 0) return;
    const { plan, planUnlessSooner, planClaimed } = this.#statements;
    const keys = jobs.map(bytesOf);
    const shards = jobs.map(shardOf);
    if (claim !== undefined) await this.#query(planClaimed, [keys, delayMs, claim]);
    else if (keepMs === undefined) await this.#query(plan, [keys, shards, delayMs]);
    else await this.#query(planUnlessSooner, [keys, shards, delayMs, keepMs]);
  }

  async cancel(...args: Parameters<Schedule['cancel']>): Promise<void> {
    const claim = checkedCancel(...args);
    const job = bytesOf(args[0]);
    const { cancel, cancelClaimed } = this.#statements;
    await (claim === undefined ? this.#query(cancel, [job]) : this.#query(cancelClaimed, [job, claim]));
  }

  async claim(options: ClaimOptions): Promise<ClaimedJob[]> {
    const { limit, leaseMs, shard } = checkedClaim(options);
    const values = [limit, leaseMs, shard.count, shard.index];
    const { rows } = await this.#query(this.#statements.claim, values);
    return rows.map(claimedJob);
  }
}

function claimedJob(row: unknown): ClaimedJob {
  const { job, claim, due } = row as Partial<Record<'job' | 'claim' | 'due', unknown>>;
  if (job instanceof Uint8Array && typeof claim === 'string' && typeof due === 'string')
    return { job: textOf(job), dueAt: Number(due), claim };
  throw foreignRow();
}
