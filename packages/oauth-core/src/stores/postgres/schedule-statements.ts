import type { TableName } from '../sql/table-name.ts';

/** One statement each, like those of the records. */
export interface ScheduleStatements {
  readonly createTable: string;
  readonly createIndex: string;
  /** Fails unless the table is there. */
  readonly probe: string;
  /** (jobs, shards, delay) */
  readonly plan: string;
  /** (jobs, shards, delay, what is this far away is planned anew) */
  readonly planUnlessSooner: string;
  /** (jobs, delay, claim) */
  readonly planClaimed: string;
  /** (job) */
  readonly cancel: string;
  /** (job, claim) */
  readonly cancelClaimed: string;
  /** (limit, lease, number of shards, shard). Columns of one word, and texts: drivers rename others, and parse numbers as their host says. */
  readonly claim: string;
}

// The time of the transaction, which is this one statement: an index can't be searched for a time that moves.
const NOW = '(extract(epoch from now()) * 1000)::bigint';

export function scheduleStatementsFor({ jobs, due }: Pick<TableName, 'jobs' | 'due'>): ScheduleStatements {
  const plan = `INSERT INTO ${jobs} AS entry (job, shard, due_at)
      SELECT job, shard, ${NOW} + $3::bigint FROM unnest($1::bytea[], $2::smallint[]) AS planned (job, shard)
      ON CONFLICT (job) DO UPDATE SET due_at = excluded.due_at`;
  return {
    createTable: `CREATE TABLE IF NOT EXISTS ${jobs} (
        job bytea PRIMARY KEY,
        shard smallint NOT NULL,
        due_at bigint NOT NULL
      ) WITH (fillfactor = 80)`,
    createIndex: `CREATE INDEX IF NOT EXISTS ${due} ON ${jobs} (due_at, shard)`,
    probe: `SELECT job FROM ${jobs} LIMIT 0`,
    plan,
    planUnlessSooner: `${plan} WHERE entry.due_at > ${NOW} + $4::bigint`,
    planClaimed: `UPDATE ${jobs} SET due_at = ${NOW} + $2::bigint
      WHERE job = ANY ($1::bytea[]) AND due_at = $3::bigint`,
    cancel: `DELETE FROM ${jobs} WHERE job = $1::bytea`,
    cancelClaimed: `DELETE FROM ${jobs} WHERE job = $1::bytea AND due_at = $2::bigint`,
    claim: `UPDATE ${jobs} AS entry SET due_at = ${NOW} + $2::bigint
      FROM (SELECT job, due_at FROM ${jobs} WHERE due_at <= ${NOW} AND shard % $3::int = $4::int
        ORDER BY due_at LIMIT $1::bigint FOR UPDATE SKIP LOCKED) AS found
      WHERE entry.job = found.job
      RETURNING entry.job, entry.due_at::text AS claim, found.due_at::text AS due`,
  };
}
