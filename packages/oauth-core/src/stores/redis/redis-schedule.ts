import type { RedisCommands } from '../../redis/redis-commands.ts';
import { checkedCancel, checkedClaim, checkedPlan, partsOf, shardOf } from '../schedule/checked-plan.ts';
import type { ClaimedJob, ClaimOptions, Schedule } from '../schedule/schedule.ts';
import { textsIn, translated } from './redis-errors.ts';
import { cancelScript, claimScript, planScript } from './schedule-scripts.ts';

/**
 * Jobs in sorted sets by when they are due, by Redis' clock: 64 sets, so that a shard is some of them, all in one slot of a
 * cluster. A library may send a claim again whose answer was lost: those jobs are due again when the claim ends.
 */
export class RedisSchedule implements Schedule {
  readonly #commands: RedisCommands;
  readonly #prefix: string;

  constructor(commands: RedisCommands, prefix: string) {
    this.#commands = commands;
    this.#prefix = prefix;
  }

  async plan(...args: Parameters<Schedule['plan']>): Promise<void> {
    const { jobs, delayMs, claim = '', keepMs = '' } = checkedPlan(...args);
    if (jobs.length === 0) return;
    const sets = jobs.map((job) => this.#setOf(shardOf(job)));
    const parameters = [String(delayMs), String(claim), String(keepMs), ...jobs];
    await translated(() => this.#commands.run(planScript, sets, parameters));
  }

  async cancel(...args: Parameters<Schedule['cancel']>): Promise<void> {
    const claim = checkedCancel(...args);
    const [job] = args;
    await translated(() =>
      this.#commands.run(cancelScript, [this.#setOf(shardOf(job))], [job, String(claim ?? '')]),
    );
  }

  async claim(options: ClaimOptions): Promise<ClaimedJob[]> {
    const { limit, leaseMs, shard } = checkedClaim(options);
    const sets = partsOf(shard).map((part) => this.#setOf(part));
    const answer = await translated(() =>
      this.#commands.run(claimScript, sets, [String(limit), String(leaseMs)]),
    );
    const [claim = '', ...due] = textsIn(answer);
    return Array.from({ length: due.length / 2 }, (_, index) => ({
      job: due[2 * index] ?? '',
      dueAt: Number(due[2 * index + 1]),
      claim,
    }));
  }

  /** After the braces, a record's name ends or has a slash. */
  #setOf(part: number): string {
    return `${this.#prefix}{schedule}:${part}`;
  }
}
