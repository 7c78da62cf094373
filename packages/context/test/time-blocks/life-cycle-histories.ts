import type { Context } from '@context-sdk/context';
import * as fc from 'fast-check';
import { expect, vi } from 'vitest';
import { type CallFault, callFaults } from '../model/faults.ts';
import { PROVIDERS, World } from '../model/world.ts';
import { stopClocks } from '../support/fast-clock.ts';

const NONE: CallFault = { kind: 'none' };
const NOW = Date.parse('2027-03-01T08:00:00Z');
const WITHIN = { from: '2027-03-02T08:00:00Z', to: '2027-03-05T20:00:00Z' };

/** One thing that happens to a task or its block, or one call of a process. */
type Happening =
  | { kind: 'rename'; random: number }
  | { kind: 'status'; status: 0 | 2 | -1 }
  | { kind: 'due' | 'move block'; hour: number }
  | { kind: 'delete' }
  | { kind: 'maintain' | 'block'; process: number; fault: CallFault };

const anyHour = fc.integer({ min: 9, max: 17 });

const HAPPENINGS: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('rename' as const), random: fc.nat(99) }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(0, 2, -1) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('due' as const, 'move block' as const), hour: anyHour }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'delete' as const }) },
    {
      weight: 7,
      arbitrary: fc.record({
        kind: fc.constantFrom('maintain' as const, 'maintain' as const, 'block' as const),
        process: fc.nat(1),
        fault: callFaults,
      }),
    },
  ),
  { minLength: 2, maxLength: 8 },
);

/** A task with a block in the sandbox, two processes of a host, and what the user does meanwhile. */
class BlockWorld {
  readonly #world = new World(false);
  #task = { id: '', projectId: '', title: 'Write' };
  /** TickTick still shows a deleted task by its id. */
  #isDeleted = false;

  async open(): Promise<void> {
    const { sandbox } = this.#world;
    for (const provider of PROVIDERS) {
      await this.#call(0, NONE, (context) => this.#world.connect(context, provider));
    }
    this.#task = { ...this.#task, ...sandbox.ticktick.testUser().createTask({ title: 'Write' }) };
    await this.#maintain(0, NONE);
    await this.#block(0, NONE);
  }

  async happen(one: Happening): Promise<void> {
    const user = this.#world.sandbox.ticktick.testUser();
    const { id } = this.#task;
    if (one.kind === 'maintain') await this.#maintain(one.process, one.fault);
    else if (one.kind === 'block') await this.#block(one.process, one.fault);
    else if (this.#status === undefined) return;
    else if (one.kind === 'delete') {
      user.deleteTask(id);
      this.#isDeleted = true;
    } else if (one.kind === 'status') user.updateTask(id, { status: one.status });
    else if (one.kind === 'rename') user.updateTask(id, { title: `Write ${one.random}` });
    else if (one.kind === 'move block') this.#moveBlock(one.hour);
    else if (one.kind === 'due')
      user.updateTask(id, { dueDate: timeAt(one.hour, 5).replace('Z', '.000+0000') });
  }

  /** Once everything works: an open task has its one block with its title; any other has none. */
  async expectPeace(): Promise<void> {
    for (let round = 0; round < 3; round += 1) await this.#maintain(round % 2, NONE);
    const isOpen = this.#status === 0;
    const blocks = this.#blocks();
    expect(blocks.length).toBeLessThanOrEqual(isOpen ? 1 : 0);
    const title = this.#world.sandbox.ticktick.testUser().task(this.#task.id)?.title;
    for (const { summary } of blocks) expect(summary).toBe(title);
    if (!isOpen) return;
    // Whoever blocks time for it again gets the block that stands, or one anew.
    await this.#block(1, NONE);
    expect(this.#blocks()).toHaveLength(1);
  }

  get #status(): number | undefined {
    const task = this.#world.sandbox.ticktick.testUser().task(this.#task.id);
    return this.#isDeleted ? undefined : task?.status;
  }

  #blocks(): { id: string; summary: string }[] {
    const events = this.#world.sandbox.google.testUser().calendar.events();
    return events.flatMap((event) => {
      const { id, status, summary } = event as { id: string; status: string; summary?: string };
      return status === 'cancelled' ? [] : [{ id, summary: summary ?? '' }];
    });
  }

  #moveBlock(hour: number): void {
    const [block] = this.#blocks();
    if (block === undefined) return;
    const times = { start: { dateTime: timeAt(hour, 4) }, end: { dateTime: timeAt(hour + 1, 4) } };
    this.#world.sandbox.google.testUser().calendar.updateEvent(block.id, times);
  }

  async #maintain(process: number, fault: CallFault): Promise<void> {
    this.#world.pass(6);
    await this.#call(process, fault, (context) => context.runMaintenance());
  }

  /** The host asks for time with what TickTick says of the task. */
  async #block(process: number, fault: CallFault): Promise<void> {
    if (this.#status !== 0) return;
    await this.#call(process, fault, async (context) => {
      const user = context.user('ada');
      const task = await user.ticktick.tasks.get(this.#task);
      return await user.blockTime(task, { durationMinutes: 60, within: WITHIN });
    });
  }

  async #call<T>(process: number, fault: CallFault, work: (context: Context) => Promise<T>): Promise<void> {
    const outcome = await this.#world.call(process, fault, work);
    if (outcome !== 'crashed' && 'error' in outcome && fault.kind === 'none') throw outcome.error;
  }
}

function timeAt(hour: number, day: number): string {
  return `2027-03-0${day}T${String(hour).padStart(2, '0')}:00:00Z`;
}

/** Runs histories of a task and its block against the facade and the sandbox. */
export async function runHistories(options: { numRuns: number; seed: number }): Promise<void> {
  await fc.assert(
    fc.asyncProperty(HAPPENINGS, async (happenings) => {
      stopClocks();
      vi.setSystemTime(NOW);
      try {
        const world = new BlockWorld();
        await world.open();
        for (const one of happenings) await world.happen(one);
        await world.expectPeace();
      } finally {
        vi.useRealTimers();
      }
    }),
    options,
  );
}
