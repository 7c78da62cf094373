import { ConfigurationError } from '../../errors/index.ts';
import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { checkName } from '../check-arguments.ts';
import type { ClaimOptions, JobPlanOptions, Schedule, Shard } from './schedule.ts';

const SHARDS = 64;
const DAY_MS = 86_400_000;
const MAX_DELAY_MS = 400 * DAY_MS;
const MAX_LEASE_MS = DAY_MS;

/**
 * A job that was planned later than this from now, by the clock of the machine, was planned by a clock that was ahead: it is due,
 * since its time makes no sense.
 */
export const CLOCK_TOLERANCE_MS = 60_000;

const PLAN_OPTIONS: OptionTypes<JobPlanOptions> = { claim: 'string', keepUntil: 'number' };
const CANCEL_OPTIONS: OptionTypes<Pick<JobPlanOptions, 'claim'>> = { claim: 'string' };
const SHARD: OptionTypes<Shard> = { index: 'number', count: 'number' };
const CLAIM_OPTIONS: OptionTypes<ClaimOptions> = { limit: 'number', leaseMs: 'number', shard: SHARD };

/** A plan whose times count from now. */
export interface CheckedPlan {
  /** Each once, in order. */
  readonly jobs: readonly string[];
  /** Whole milliseconds from now; below 0 for what was due before. */
  readonly delayMs: number;
  /** Until when the job is claimed, by the schedule's clock. */
  readonly claim: number | undefined;
  /** Whole milliseconds from now. */
  readonly keepMs: number | undefined;
}

/** Throws {@link ConfigurationError} naming the argument that is out of range. */
export function checkedPlan(...[jobs, dueAt, options]: Parameters<Schedule['plan']>): CheckedPlan {
  checkOptions(options, PLAN_OPTIONS);
  const { claim, keepUntil } = options ?? {};
  const unique = [...new Set(typeof jobs === 'string' ? [jobs] : jobs)].toSorted();
  for (const job of unique) checkName('job', job);
  return {
    jobs: unique,
    delayMs: delayUntil('dueAt', dueAt),
    claim: claimedUntil(claim ?? undefined),
    keepMs: keepUntil === undefined || keepUntil === null ? undefined : delayUntil('keepUntil', keepUntil),
  };
}

/** Throws {@link ConfigurationError} for what is no job or no claim. Returns until when the job is claimed. */
export function checkedCancel(...[job, options]: Parameters<Schedule['cancel']>): number | undefined {
  checkOptions(options, CANCEL_OPTIONS);
  checkName('job', job);
  return claimedUntil(options?.claim ?? undefined);
}

/** Throws {@link ConfigurationError} naming the option that is out of range. */
export function checkedClaim(options: ClaimOptions): { limit: number; leaseMs: number; shard: Shard } {
  checkOptions(options, CLAIM_OPTIONS);
  const { limit, leaseMs, shard } = options;
  if (!isWhole(limit, 1, Number.MAX_SAFE_INTEGER)) throw misconfigured('limit', 'a whole number from 1');
  if (!(leaseMs >= 1 && leaseMs <= MAX_LEASE_MS)) throw misconfigured('leaseMs', 'from 1 to 86,400,000');
  return { limit, leaseMs: Math.ceil(leaseMs), shard: checkedShard(shard ?? undefined) };
}

/** Throws {@link ConfigurationError} unless it is one of up to 64 parts. Default: everything. */
function checkedShard(shard: Shard | undefined): Shard {
  checkOptions(shard, SHARD, undefined, 'shard');
  const { index, count } = shard ?? { index: 0, count: 1 };
  if (!isWhole(count, 1, SHARDS)) throw misconfigured('shard.count', `a whole number from 1 to ${SHARDS}`);
  if (!isWhole(index, 0, count - 1)) throw misconfigured('shard.index', 'a whole number below shard.count');
  return { index, count };
}

/** The smallest part that a job belongs to, from 0 to 63. It is in the shard whose index is the rest by its count. */
export function shardOf(job: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < job.length; index += 1)
    hash = Math.imul(hash ^ job.charCodeAt(index), 16_777_619);
  // The lowest bits depend on the lowest bits of the text alone.
  return (hash ^ (hash >>> 15)) & (SHARDS - 1);
}

/** All numbers that {@link shardOf} gives for jobs of this shard. */
export function partsOf({ index, count }: Shard): number[] {
  return Array.from({ length: SHARDS }, (_, part) => part).filter((part) => part % count === index);
}

function delayUntil(name: string, time: number): number {
  if (!Number.isFinite(time)) throw misconfigured(name, 'a time in epoch milliseconds');
  return Math.max(-MAX_DELAY_MS, Math.min(MAX_DELAY_MS, Math.ceil(time - Date.now())));
}

function claimedUntil(claim: string | undefined): number | undefined {
  if (claim === undefined) return undefined;
  const until = Number(claim);
  if (!Number.isSafeInteger(until) || until <= 0) throw misconfigured('claim', 'what claim() returned');
  return until;
}

function isWhole(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to;
}

function misconfigured(name: string, what: string): ConfigurationError {
  return new ConfigurationError(`${name} has to be ${what}.`);
}
