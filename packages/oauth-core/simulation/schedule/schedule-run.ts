import type { ClaimedJob, Schedule } from '../../src/stores/schedule/schedule.ts';
import type { Code } from '../engine/code.ts';
import { Findings } from '../engine/findings.ts';
import { SimProcess } from '../engine/sim-process.ts';
import { World } from '../engine/world.ts';
import type { ScheduleHistory, ScheduleItem } from './history.ts';
import type { ScheduleRule } from './rules.ts';

const END_MS = 60_000;
/** Long enough for every claim to end and every interval to pass once everything works. */
const RECOVERY_MS = 60_000;
const POLL_MS = 200;
const MAX_GENERATIONS = 20;
/** Whole milliseconds, and calls that take some. */
const ROUNDING_MS = 50;

/** What somebody from outside does. */
type Outside = Extract<ScheduleItem, { job: string }>;

/** What is known of a job. */
interface Job {
  /** Not due before, by the schedule's clock: as its last plan said. */
  dueAt: number;
  claim: { by: SimProcess; until: number; name: string } | undefined;
  /** When somebody planned it while it was claimed. */
  urgedAt: number | undefined;
  isCanceled: boolean;
  doneAt: number;
}

/** One history of a schedule that machines with wrong clocks share. */
export class ScheduleRun {
  readonly world: World;
  readonly findings: Findings;
  readonly #history: ScheduleHistory;
  readonly #server: SimProcess;
  readonly #schedule: Schedule;
  readonly #machines: SimProcess[] = [];
  readonly #jobs = new Map<string, Job>();
  #isOver = false;

  constructor(code: Code, history: ScheduleHistory, isTraced: boolean) {
    this.#history = history;
    this.world = new World(history.seed, { isTraced });
    this.findings = new Findings(this.world);
    this.#server = new SimProcess(this.world, 'store');
    this.#schedule = code(this.#server).memorySchedule();
  }

  async run(): Promise<void> {
    const { config, items } = this.#history;
    for (let index = 0; index < config.jobs; index += 1) {
      const job: Job = { dueAt: 0, claim: undefined, urgedAt: undefined, isCanceled: false, doneAt: 0 };
      this.#jobs.set(`job-${index}`, job);
      await this.#schedule.plan(`job-${index}`, this.#server.wallClock());
    }
    for (const index of config.skewMs.keys()) this.#start(index, 0);
    for (const item of items) this.world.at(item.at, () => void this.#act(item));
    await this.world.run(END_MS);
    this.#isOver = true;
    const recoveredAt = this.world.now;
    for (const [index, machine] of this.#machines.entries())
      if (machine.isDead) this.#start(index, MAX_GENERATIONS);
    await this.world.run(END_MS + RECOVERY_MS);
    for (const [name, { isCanceled, doneAt }] of this.#jobs)
      if (!isCanceled && doneAt < recoveredAt) this.#violate('job-lost', name);
  }

  #start(index: number, generation: number): void {
    const machine = new SimProcess(this.world, `m${index}.${generation}`, {
      skewMs: this.#history.config.skewMs[index],
    });
    this.#machines[index] = machine;
    const look = (): void => {
      void this.#claim(machine);
      machine.deliver(POLL_MS * machine.random.between(0.5, 1.5), look);
    };
    machine.deliver(0, look);
    // A machine that died is replaced.
    this.world.after(5_000, () => {
      const isReplaced = this.#machines[index] !== machine || generation >= MAX_GENERATIONS;
      if (machine.isDead && !isReplaced) this.#start(index, generation + 1);
    });
  }

  async #claim(machine: SimProcess): Promise<void> {
    const { leaseMs } = this.#history.config;
    const claimed = await this.#call(machine, async () => {
      const jobs = await this.#schedule.claim({ limit: 3, leaseMs });
      for (const job of jobs) this.#onClaim(machine, job, leaseMs);
      return jobs;
    });
    for (const job of claimed ?? []) this.#work(machine, job);
  }

  #onClaim(machine: SimProcess, { job, claim }: ClaimedJob, leaseMs: number): void {
    const known = this.#jobs.get(job);
    if (known === undefined) return;
    const { now } = this.world;
    this.world.log(machine.name, `claims ${job}`);
    if (known.isCanceled) this.#violate('came-back', job);
    if (known.claim !== undefined && known.urgedAt === undefined && now < known.claim.until - ROUNDING_MS)
      this.#violate('claimed-twice', `${job} by ${machine.name}, and ${known.claim.by.name}`);
    if (known.claim === undefined && now < known.dueAt - ROUNDING_MS)
      this.#violate('claimed-early', `${job}, ${(known.dueAt - now).toFixed()} ms`);
    known.claim = { by: machine, until: now + leaseMs, name: claim };
    known.urgedAt = undefined;
  }

  #work(machine: SimProcess, { job, claim }: ClaimedJob): void {
    const { leaseMs, everyMs } = this.#history.config;
    machine.deliver(machine.random.tail(1, 1.5 * leaseMs), () => {
      // The caller's clock says when, and the call tells how far away that is: as the adapters do it.
      const dueAt = machine.wallClock() + everyMs;
      const delayMs = dueAt - machine.wallClock();
      void this.#call(machine, async () => {
        await this.#schedule.plan(job, this.#server.wallClock() + delayMs, { claim });
        this.#onPlanned(machine, { job, claim }, delayMs);
      });
    });
  }

  #onPlanned(machine: SimProcess, { job, claim }: Pick<ClaimedJob, 'job' | 'claim'>, delayMs: number): void {
    const known = this.#jobs.get(job);
    if (known === undefined) return;
    this.world.log(machine.name, `has done ${job}`);
    known.doneAt = this.world.now;
    if (known.claim?.name !== claim) return;
    known.claim = undefined;
    known.dueAt = known.urgedAt === undefined ? this.world.now + delayMs : known.urgedAt;
  }

  async #act(item: ScheduleItem): Promise<void> {
    if ('job' in item) return await this.#fromOutside(item);
    const machine = this.#machines[item.process];
    if (item.type === 'freeze') machine?.freeze(item.ms);
    else machine?.crash();
  }

  async #fromOutside({ type, job }: Outside): Promise<void> {
    const known = this.#jobs.get(job);
    if (known === undefined || known.isCanceled) return;
    this.world.log('host', `${type}s ${job}`);
    if (type === 'cancel') {
      known.isCanceled = true;
      await this.#schedule.cancel(job);
      return;
    }
    const urgedAt = this.world.now;
    known.urgedAt = urgedAt;
    known.dueAt = urgedAt;
    await this.#schedule.plan(job, this.#server.wallClock());
    // A machine that works looks far more often than this.
    this.world.after(POLL_MS * 20, () => {
      const isWatched = this.#machines.some(
        (machine) => !machine.isDead && machine.frozenMs(urgedAt, this.world.now) === 0,
      );
      const isWaiting = known.urgedAt === urgedAt && !known.isCanceled;
      if (isWatched && isWaiting && this.#history.config.jobs <= 3) this.#violate('plan-forgotten', job);
    });
  }

  /** A call to the schedule: its way there and back, and answers that are lost. */
  #call<R>(machine: SimProcess, apply: () => Promise<R>): Promise<R | undefined> {
    const { random } = machine;
    const isLost = !this.#isOver && random.chance(this.#history.config.lost);
    return new Promise((resolve) => {
      this.world.after(random.tail(0.2, 20), () => {
        void apply().then((result) =>
          machine.deliver(random.tail(0.2, 20), () => resolve(isLost ? undefined : result)),
        );
      });
    });
  }

  #violate(rule: ScheduleRule, text: string): void {
    this.findings.violate(rule, text);
  }
}
