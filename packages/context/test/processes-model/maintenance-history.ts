import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { expect, vi } from 'vitest';
import { Dice } from './dice.ts';
import { settled } from './fake-time.ts';
import { CALM, HostProcess, type Trouble } from './host-process.ts';
import { UserOfTasks } from './user-of-tasks.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A record that was written before the clock stepped back outlives its time by as much. */
const ALL_STEPS_MS = 12 * HOUR_MS;
const PROCESSES = 2;
const ROUNDS = 8;
/** Longer than a lease. */
const PEACEFUL_ROUNDS = 4;

/** What is loaded on first use takes time that no fake clock counts. */
export async function loadMaintenance(): Promise<void> {
  const run = new Run(0);
  const { context } = run.open();
  await context.user('ada').connections.connect('ticktick', { token: run.sandbox.ticktick.issueApiToken() });
  await context.runMaintenance();
  run.user.createsTask();
  await context.runMaintenance({ pollEveryMs: 0 });
}

/**
 * Tasks that change beside processes that stall and die, a store that fails, responses that get lost and clocks that step: each
 * change is told, and none once more when all has become quiet.
 */
export async function runMaintenanceHistory(seed: number): Promise<void> {
  const run = new Run(seed);
  await run.begin();
  for (let round = 0; round < ROUNDS; round += 1) await run.round();
  await run.end();
}

function trouble(dice: Dice): Trouble {
  return {
    storeFaults: dice.pick([0, 0, 0.01, 0.1, 0.3]),
    diesAt: dice.chance(0.2) ? dice.int(1, 60) : undefined,
    stallsAt: dice.chance(0.2) ? dice.int(1, 60) : undefined,
    stallMs: dice.pick([1_000, 30_000, 150_000]),
  };
}

/** Several processes that look after one user's tasks, while the user works on them. */
class Run {
  readonly sandbox: Sandbox = createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ticktick: { rateLimits: [] },
  });
  readonly store: RecordStore = memoryStore();
  readonly dice: Dice;
  readonly user: UserOfTasks;
  readonly processes: HostProcess[] = [];
  #isPeace = true;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    this.user = new UserOfTasks(this.sandbox, this.dice);
    for (let number = 0; number < PROCESSES; number += 1) this.processes.push(this.open());
  }

  open(): HostProcess {
    return new HostProcess(this, {
      maxAttempts: 1_000,
      onEvent: (event) => {
        if (!this.#isPeace && this.dice.chance(0.15)) throw new Error('The host is down.');
        this.user.hears(event);
      },
    });
  }

  async begin(): Promise<void> {
    const [by] = this.processes;
    if (by === undefined) throw new Error('There is no process.');
    const { connections } = by.context.user('ada');
    await settled([
      { by, work: connections.connect('ticktick', { token: this.sandbox.ticktick.issueApiToken() }) },
    ]);
    await this.#maintain();
    this.#isPeace = false;
  }

  /** All processes look after the tasks at once, and the user does something before and meanwhile. */
  async round(): Promise<void> {
    const { dice } = this;
    this.user.works();
    for (const [number, process] of this.processes.entries()) {
      if (process.isDead) this.processes[number] = this.open();
      this.processes[number]?.meets(trouble(dice));
    }
    if (dice.chance(0.3)) setTimeout(() => this.#worksUnlessPeace(), dice.between(0, 3_000));
    if (dice.chance(0.2)) {
      const { sandbox } = this;
      sandbox.faults.inject({ kind: 'reset', when: dice.pick(['before', 'after']) }, { times: 1 });
    }
    if (dice.chance(0.15)) vi.setSystemTime(Date.now() + dice.pick([-3, -0.1, 0.1, 3]) * HOUR_MS);
    await this.#maintain();
    this.sandbox.faults.clear();
  }

  /** Once nothing fails any more, all is told, and nothing is told again. */
  async end(): Promise<void> {
    this.#isPeace = true;
    for (const [number, process] of this.processes.entries()) {
      if (process.isDead) this.processes[number] = this.open();
      this.processes[number]?.meets(CALM);
    }
    vi.setSystemTime(Date.now() + ALL_STEPS_MS);
    for (let round = 0; round < PEACEFUL_ROUNDS; round += 1) await this.#maintain();
    expect(this.user.untold(), 'each change is told').toEqual([]);
    const { length } = this.user.heard;
    for (let round = 0; round < PEACEFUL_ROUNDS; round += 1) {
      vi.setSystemTime(Date.now() + DAY_MS);
      await this.#maintain();
    }
    expect(this.user.heard.slice(length), 'nothing is told again').toEqual([]);
  }

  #worksUnlessPeace(): void {
    if (!this.#isPeace) this.user.works();
  }

  async #maintain(): Promise<void> {
    // On all clocks: the lease of a process that died ends on the monotonic one.
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    await settled(
      this.processes.map((by) => ({ by, work: by.context.runMaintenance({ pollEveryMs: MINUTE_MS / 2 }) })),
    );
  }
}
