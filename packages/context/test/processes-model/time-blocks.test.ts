import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { Dice } from './dice.ts';
import { fakeTime, realTime, settled } from './fake-time.ts';
import { CALM, HostProcess, type Trouble } from './host-process.ts';

const WITHIN = { from: '2099-03-01T00:00:00Z', to: '2099-03-03T00:00:00Z' } as const;
const TASKS = ['one', 'two', 'three', 'four'].map((title) => ({
  id: `task-${title}`,
  projectId: 'p1',
  title,
}));
const PROCESSES = 3;
const ROUNDS = 4;
/** Beyond the lease of a call that blocks time. */
const LONG_STALL_MS = 90_000;
const SEEDS = Number(process.env['MODEL_RUNS'] ?? 8);
const FIRST = Number(process.env['MODEL_SEED'] ?? 1);

/** What is loaded on first use takes time that no fake clock counts. */
beforeAll(async () => {
  const run = new Run(0);
  const by = run.processes[0];
  const user = by?.context.user('ada');
  await user?.connections.import('google', googleTokens(run.sandbox));
  for (const task of TASKS) await user?.blockTime(task, { durationMinutes: 30, within: WITHIN });
  for (const task of TASKS) await user?.unblockTime(task);
});
beforeEach(fakeTime);
afterEach(realTime);

function trouble(dice: Dice): Trouble {
  return {
    storeFaults: dice.pick([0, 0, 0.01, 0.1]),
    diesAt: dice.chance(0.15) ? dice.int(1, 60) : undefined,
    stallsAt: dice.chance(0.2) ? dice.int(1, 60) : undefined,
    stallMs: dice.pick([1_000, 30_000, LONG_STALL_MS]),
  };
}

interface Block {
  taskId: string;
  from: number;
  to: number;
}

function timeOf(moment: unknown): number {
  return Date.parse((moment as { dateTime: string }).dateTime);
}

function blocksIn(sandbox: Sandbox): Block[] {
  const events = sandbox.google.testUser().calendar.events();
  return events.flatMap(({ status, extendedProperties, start, end }) => {
    const { private: own } = (extendedProperties ?? {}) as { private?: Record<string, string> };
    const taskId = own?.['contextSdkTask'];
    if (status !== 'confirmed' || taskId === undefined) return [];
    return [{ taskId, from: timeOf(start), to: timeOf(end) }];
  });
}

/** What must hold whenever no call is under way. */
function check(sandbox: Sandbox): void {
  const blocks = blocksIn(sandbox).toSorted((one, other) => one.from - other.from);
  const tasks = blocks.map(({ taskId }) => taskId);
  expect(tasks, 'a task has one block').toEqual([...new Set(tasks)]);
  const overlaps = blocks.filter(({ from }, index) => from < (blocks[index - 1]?.to ?? 0));
  expect(overlaps, 'no two tasks have the same time').toEqual([]);
}

class Run {
  readonly sandbox: Sandbox = createSandbox({ seed: 'empty', sleep: async () => undefined });
  readonly store: RecordStore = memoryStore();
  readonly dice: Dice;
  readonly processes: HostProcess[] = [];

  constructor(seed: number) {
    this.dice = new Dice(seed);
    for (let number = 0; number < PROCESSES; number += 1) this.processes.push(this.#open());
  }

  #open(): HostProcess {
    return new HostProcess(this);
  }

  async connect(): Promise<void> {
    const by = this.#open();
    const { connections } = by.context.user('ada');
    await settled([{ by, work: connections.import('google', googleTokens(this.sandbox)) }]);
  }

  call(by: HostProcess): { by: HostProcess; work: Promise<unknown> } {
    const { dice } = this;
    const user = by.context.user('ada');
    const task = TASKS[dice.int(0, TASKS.length - 1)] ?? TASKS[0];
    if (task === undefined) throw new Error('There are no tasks.');
    if (dice.chance(0.25)) return { by, work: user.unblockTime(task) };
    return { by, work: user.blockTime(task, { durationMinutes: dice.pick([30, 60, 90]), within: WITHIN }) };
  }

  async round(): Promise<void> {
    const { dice } = this;
    for (const [number, process] of this.processes.entries()) {
      if (process.isDead) this.processes[number] = this.#open();
      this.processes[number]?.meets(trouble(dice));
    }
    await settled(this.processes.flatMap((by) => [this.call(by), this.call(by)]));
    // The dead leave their lease behind, which others wait out.
    check(this.sandbox);
  }

  /** Once nothing fails any more, a new process does as it is told. */
  async end(): Promise<void> {
    const by = this.#open();
    by.meets(CALM);
    const user = by.context.user('ada');
    for (const task of TASKS) {
      const blocked = user.blockTime(task, { durationMinutes: 30, within: WITHIN });
      await settled([{ by, work: blocked }]);
      const { slot } = await blocked;
      const block = blocksIn(this.sandbox).find(({ taskId }) => taskId === task.id);
      expect(block?.from).toBe(Date.parse(slot.start));
    }
    check(this.sandbox);
    for (const task of TASKS) {
      const unblocked = user.unblockTime(task);
      await settled([{ by, work: unblocked }]);
      await unblocked;
    }
    expect(blocksIn(this.sandbox)).toEqual([]);
  }
}

test.each(Array.from({ length: SEEDS }, (_, index) => FIRST + index))(
  '17: blocks of processes that stall and die beside a store that fails, seed %i: one per task, and no two at one time',
  async (seed) => {
    const run = new Run(seed);
    await run.connect();
    for (let round = 0; round < ROUNDS; round += 1) await run.round();
    await run.end();
  },
);
