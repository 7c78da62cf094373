import type { ClaimedJob, Schedule, Shard } from '@context-sdk/oauth-core';
import type { JobPlanner } from '../../options/job-planner.ts';
import { keys } from '../../records/keys.ts';
import type { SubscriptionOptions } from '../subscription-options.ts';
import { laneOf, WALK } from './job-names.ts';
import { Lanes } from './lanes.ts';
import { maintainJob, type MaintenanceParts, type MaintenanceStep } from './maintain-job.ts';
import { WALK_EVERY_MS } from './walk.ts';

/**
 * Longer than a job waits and most take, and so short that the jobs of a machine that died are soon with another one. A job that takes
 * longer is claimed again, which does no harm: its own lease shows that it is being done.
 */
const CLAIM_MS = 25_000;
/** A job that waited this long is left to whoever claims it next. */
const MAX_WAIT_MS = 20_000;
/** So few at once that machines which begin together share what is due. */
const CLAIM_LIMIT = 32;
/** Jobs that wait in one lane before no more are claimed for it. */
const FULL_LANE = 64;
/** Claimed at once while a lane is full, since most may be for that lane, and the most that wait there. */
const CLAIM_LIMIT_IF_FULL = 256;
const MAX_QUEUE = 128;
/** Until what found its lane full is due again. */
const PUT_BACK_MS = 2_000;
/** How often is looked for jobs of other lanes while one is full, and for what became due while work is under way. */
const LOOK_AGAIN_MS = 250;
const LOOK_FOR_MORE_MS = 1_000;
/** A pass looks again at what another process held: longer than until it is due again. */
const HELD_LOOK_MS = 5_000;

/** How a run goes. */
export interface RunOptions {
  /** Jobs of one service that are worked on at once. */
  places: number;
  shard: Shard | undefined;
  sync: SubscriptionOptions;
  /**
   * Whether it is a pass: it does each job once, so that it comes to an end, and leaves a second time to the next pass. The next may be
   * of another process, so it stays with what another process held until that has let go of it, or is known to have died.
   */
  isPass: boolean;
  /** Whether no more jobs are to be claimed. */
  isOver: () => boolean;
  onStep: (step: MaintenanceStep) => void;
}

interface Claimed extends ClaimedJob {
  claimedAt: number;
}

/** Claims jobs that are due and does them, until nothing is due or `isOver`. */
export class MaintenanceRun {
  readonly #parts: MaintenanceParts;
  readonly #planner: JobPlanner;
  readonly #options: RunOptions;
  readonly #lanes: Lanes<Claimed>;
  /** What a pass has done, and what this process planned meanwhile. Any other run may never end, and remembers nothing. */
  readonly #done = new Set<string>();
  readonly #planned = new Set<string>();
  readonly #setAside: Claimed[] = [];
  #failure: { error: unknown } | undefined;
  /** Until when a pass looks again, in monotonic time. */
  #looksUntil = 0;

  constructor(parts: MaintenanceParts, planner: JobPlanner, options: RunOptions) {
    this.#parts = parts;
    this.#planner = planner;
    this.#options = options;
    this.#lanes = new Lanes(options.places, (claimed) => this.#work(claimed));
  }

  /**
   * Rejects with the signal's reason, and if the store fails where no single connection is to blame: once what it began has ended,
   * since its process may end with it.
   */
  async run(): Promise<void> {
    const watching = this.#options.isPass ? this.#planner.watch(this.#planned) : undefined;
    try {
      await this.#planWalk();
      await this.#claimAll();
    } finally {
      watching?.stop();
      await this.#giveBack([...this.#lanes.clear(), ...this.#setAside]);
      await this.#lanes.waitUntil(() => this.#lanes.isIdle);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  get #schedule(): Schedule {
    return this.#parts.schedule;
  }

  /** In a store whose index is new or lost, everything is planned at once. */
  async #planWalk(): Promise<void> {
    const now = Date.now();
    await this.#schedule.plan(WALK, now, { keepUntil: now + WALK_EVERY_MS });
  }

  async #claimAll(): Promise<void> {
    const { signal } = this.#options.sync;
    for (;;) {
      signal?.throwIfAborted();
      if (this.#failure !== undefined || this.#options.isOver()) return;
      const isAnyDue = await this.#claim();
      if (isAnyDue && !this.#isAnyFull) continue;
      if (isAnyDue || !this.#lanes.isIdle) await this.#lookAgain(isAnyDue ? LOOK_AGAIN_MS : LOOK_FOR_MORE_MS);
      else if (performance.now() < this.#looksUntil)
        await this.#lanes.waitUntil(() => false, LOOK_FOR_MORE_MS);
      else return;
    }
  }

  /** Whether a job was due that may be done in this run. */
  async #claim(): Promise<boolean> {
    const claimed = await this.#schedule.claim({
      limit: this.#isAnyFull ? CLAIM_LIMIT_IF_FULL : CLAIM_LIMIT,
      leaseMs: CLAIM_MS,
      shard: this.#options.shard,
    });
    const claimedAt = performance.now();
    const crowded: string[] = [];
    let isAnyDue = false;
    // A host's own schedule may give `null` for nothing, as its driver does.
    for (const job of claimed ?? []) {
      const lane = laneOf(job.job);
      if (this.#options.isPass && this.#isForNextPass(job.job)) {
        this.#setAside.push({ ...job, claimedAt });
        continue;
      }
      isAnyDue = true;
      if (this.#lanes.queueOf(lane) < MAX_QUEUE) this.#lanes.add(lane, { ...job, claimedAt });
      else crowded.push(job.job);
    }
    if (crowded.length > 0) await this.#schedule.plan(crowded, Date.now() + PUT_BACK_MS);
    return isAnyDue;
  }

  /** What this pass has done, and events that the host failed to handle in it. */
  #isForNextPass(job: string): boolean {
    return this.#done.has(job) || (this.#planned.has(job) && job.startsWith(keys.pendingEvents));
  }

  get #isAnyFull(): boolean {
    return this.#lanes.longestQueue >= FULL_LANE;
  }

  /** Sooner if all is done, or if the lane that was full has room. */
  async #lookAgain(afterMs: number): Promise<void> {
    const isSooner = this.#isAnyFull ? () => !this.#isAnyFull : () => this.#lanes.isIdle;
    await this.#lanes.waitUntil(isSooner, afterMs);
  }

  async #work(claimed: Claimed): Promise<void> {
    const { job, claim, claimedAt } = claimed;
    try {
      if (this.#failure !== undefined || performance.now() - claimedAt > MAX_WAIT_MS) {
        await this.#schedule.plan(job, Date.now(), { claim });
        return;
      }
      const step = await this.#maintain(job);
      if (this.#options.isPass && step.isHeld) this.#looksUntil = performance.now() + HELD_LOOK_MS;
      else if (this.#options.isPass) this.#done.add(job);
      if (step.dueAt === undefined) await this.#schedule.cancel(job, { claim });
      // Only a walk plans itself, and may have been planned anew while it went on.
      else await this.#schedule.plan(job, step.dueAt, job === WALK ? {} : { claim });
      this.#options.onStep(step);
    } catch (error) {
      this.#failure ??= { error };
      if (this.#options.sync.signal?.aborted) await this.#giveBack([claimed]);
    }
  }

  /** A walk takes as long as the store is large, and nothing else shows that it is under way. */
  async #maintain(job: string): Promise<MaintenanceStep> {
    const work = maintainJob(this.#parts, job, this.#options.sync);
    if (job !== WALK) return await work;
    const keep = async (): Promise<void> => await this.#schedule.plan(WALK, Date.now() + CLAIM_MS);
    const timer = setInterval(() => void keep().catch(() => undefined), CLAIM_MS / 3);
    return await work.finally(() => clearInterval(timer));
  }

  /** What was claimed and not done is due again at once. */
  async #giveBack(claimed: readonly Claimed[]): Promise<void> {
    const plan = async ({ job, dueAt, claim }: Claimed): Promise<void> =>
      await this.#schedule.plan(job, Math.min(dueAt, Date.now()), { claim });
    for (const each of claimed) await plan(each).catch(() => undefined);
  }
}
