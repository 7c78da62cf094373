/** A job that a machine has claimed: nobody else gets it until the claim ends. */
export interface ClaimedJob {
  readonly job: string;
  /** When it was due, in epoch milliseconds by the schedule's own clock. */
  readonly dueAt: number;
  /** Names the claim, for {@link JobPlanOptions}. */
  readonly claim: string;
}

/** What a plan depends on. */
export interface JobPlanOptions {
  /**
   * The claim under which the job was done. If it is over, nothing happens: the job was planned or canceled meanwhile, or another
   * has claimed it.
   */
  readonly claim?: string | undefined;
  /** Epoch milliseconds. Jobs that are planned for this time or earlier stay as they are: for repairs. */
  readonly keepUntil?: number | undefined;
}

/** A part of all jobs, for machines that share them out. Each job belongs to the same part for ever. */
export interface Shard {
  /** From 0 to `count` - 1. */
  readonly index: number;
  /** From 1 to 64. */
  readonly count: number;
}

/** What is claimed, and for how long. */
export interface ClaimOptions {
  /** The most jobs, from 1. */
  readonly limit: number;
  /** Milliseconds after which a job that nobody planned or canceled is due again: its machine died. */
  readonly leaseMs: number;
  /** Default: all jobs. */
  readonly shard?: Shard | undefined;
}

/**
 * When jobs are due, as an index: finding out that nothing is due costs one operation, however many jobs there are. Jobs are
 * text of up to 512 bytes in UTF-8.
 *
 * Times are given by the caller's clock and kept by the schedule's own: what counts is how far away they are, so a machine
 * whose clock is wrong does no harm. No time is more than 400 days away. Failures are {@link StoreError}s.
 */
export interface Schedule {
  /** Has jobs be due at a time, in epoch milliseconds, instead of what was planned before. */
  plan(jobs: string | readonly string[], dueAt: number, options?: JobPlanOptions): Promise<void>;
  /** Forgets a job. With a claim, only if nobody has planned it since. */
  cancel(job: string, options?: { readonly claim?: string | undefined }): Promise<void>;
  /** Takes jobs that are due, the longest due first as far as that is cheap to tell. No two callers get the same. */
  claim(options: ClaimOptions): Promise<ClaimedJob[]>;
}
