import type { Context, LinkConflict } from '@context-sdk/context';
import * as fc from 'fast-check';
import { expect, vi } from 'vitest';
import { type CallFault, callFaults } from '../model/faults.ts';
import { PROVIDERS, World } from '../model/world.ts';
import { stopClocks } from '../support/fast-clock.ts';
import { editIn, Lineage, titleOf } from './lineage.ts';
import { NOW, openLinks, WEEK } from './open-links.ts';

const NONE: CallFault = { kind: 'none' };
const WITHIN = { from: '2027-03-02T08:00:00Z', to: '2027-03-02T20:00:00Z' };
const SIDES = ['task', 'item', 'block'] as const;
type SideName = (typeof SIDES)[number];

/** One thing that happens, in a service or in one of two processes. */
export type Happening =
  | { kind: 'rename'; side: SideName; random: number }
  | { kind: 'status'; side: 'task' | 'item'; isDone: boolean }
  | { kind: 'sync' | 'maintain'; process: number; fault: CallFault }
  | { kind: 'delete'; side: 'item' | 'block' };

const eitherProcess = fc.integer({ min: 0, max: 1 });

export const HAPPENINGS: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('rename' as const),
        side: fc.constantFrom(...SIDES),
        random: fc.nat(11),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('status' as const),
        side: fc.constantFrom('task' as const, 'item' as const),
        isDone: fc.boolean(),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('sync' as const, 'sync' as const, 'maintain' as const),
        process: eitherProcess,
        fault: callFaults,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('delete' as const),
        side: fc.constantFrom('item' as const, 'block' as const),
      }),
    },
  ),
  { minLength: 2, maxLength: 9 },
);

/** A linked task in the sandbox, two processes of a host, and what users do meanwhile. */
export class LinkWorld {
  readonly world: World;
  readonly conflicts: LinkConflict[] = [];
  readonly #lineage = new Lineage();
  #taskId = '';
  #itemId = 0;
  #eventId = '';

  constructor() {
    const onConflict = (conflict: LinkConflict): undefined => void this.conflicts.push(conflict);
    this.world = new World(false, { links: { create: 'always', onConflict } });
  }

  async open(): Promise<void> {
    const { world } = this;
    for (const provider of PROVIDERS) await this.call(0, NONE, (context) => world.connect(context, provider));
    const title = titleOf(0, 0);
    const task = world.sandbox.ticktick.testUser().createTask({ title });
    this.#taskId = task.id;
    const summary = { id: task.id, projectId: task.projectId, title };
    const [person] = world.sandbox.azureDevOps.people;
    const project = world.sandbox.azureDevOps.organization.projects[0]?.name;
    await this.call(0, NONE, async (context) => {
      const user = context.user('ada');
      this.#itemId = (await user.createWorkItem(summary, { project, assignedTo: person?.uniqueName })).id;
      this.#eventId = (await user.blockTime(summary, { durationMinutes: 30, within: WITHIN })).event.id;
      await user.links.sync(task.id);
      await context.runMaintenance();
    });
  }

  async call<T>(
    process: number,
    fault: CallFault,
    work: (context: Context) => Promise<T>,
  ): Promise<T | undefined> {
    const outcome = await this.world.call(process, fault, work);
    if (outcome === 'crashed') return undefined;
    if ('value' in outcome) return outcome.value;
    if (fault.kind === 'none') throw outcome.error;
    return undefined;
  }

  async happen(one: Happening): Promise<void> {
    if (one.kind === 'rename') this.rename(one.side, one.random);
    else if (one.kind === 'status') this.#setStatus(one.side, one.isDone);
    else if (one.kind === 'delete') this.#delete(one.side);
    else if (one.kind === 'sync') await this.sync(one.process, one.fault);
    else {
      this.world.pass(6);
      await this.call(one.process, one.fault, (context) => context.runMaintenance());
    }
  }

  async sync(process: number, fault: CallFault = NONE): Promise<number> {
    const synced = await this.call(process, fault, (context) => context.user('ada').links.sync(this.#taskId));
    return synced?.writes ?? 0;
  }

  rename(side: SideName, random: number): void {
    const now = this.titles()[side];
    if (now === undefined) return;
    const title = titleOf(this.#lineage.add([editIn(now)]), random);
    const { ticktick, azureDevOps, google } = this.world.sandbox;
    if (side === 'task') ticktick.testUser().updateTask(this.#taskId, { title });
    // The service's own form refuses longer ones.
    else if (side === 'item')
      azureDevOps.testUser().update(this.#itemId, { 'System.Title': title.slice(0, 255) });
    else google.testUser().calendar.updateEvent(this.#eventId, { summary: title });
  }

  /** Whoever decides has seen both. */
  async decide(): Promise<void> {
    const titles = Object.values(this.titles());
    const value = titleOf(this.#lineage.add(titles.map(editIn)), 0);
    await this.call(0, NONE, (context) =>
      context.user('ada').links.resolve(this.#taskId, 'title', { value }),
    );
  }

  /** The titles of the sides that are there. */
  titles(): Partial<Record<SideName, string>> {
    const { ticktick, azureDevOps, google } = this.world.sandbox;
    const item = azureDevOps.testUser().get(this.#itemId);
    const events = google.testUser().calendar.events();
    const block = events.find(({ id, status }) => id === this.#eventId && status !== 'cancelled');
    const { title: task } = ticktick.testUser().task(this.#taskId) ?? {};
    return {
      ...(task !== undefined && { task }),
      ...(item?.deleted === false && { item: String(item.fields['System.Title']) }),
      ...(block !== undefined && { block: String((block as { summary?: string }).summary) }),
    };
  }

  /** Once everything works: no loop, all the same or a conflict, no edit lost, no conflict that is none. */
  async expectPeace(): Promise<void> {
    let rounds = 0;
    while ((await this.sync(rounds % 2)) > 0) {
      rounds += 1;
      expect(rounds).toBeLessThan(4);
    }
    const link = await this.call(1, NONE, (context) => context.user('ada').links.get(this.#taskId));
    const conflict = link?.conflicts.find(({ field }) => field === 'title');
    const titles = Object.values(this.titles());
    const seen = [
      ...titles,
      ...this.#toldOfGone(),
      ...(conflict?.values ?? []).map(({ value }) => value),
    ].map(editIn);
    expect(this.#lineage.lost(seen)).toEqual([]);
    if (conflict === undefined) expect(new Set(titles.map(editIn)).size).toBe(1);
  }

  /** Conflicts between values of which one was made upon the other. */
  unrealConflicts(): LinkConflict[] {
    const ofTitles = this.conflicts.filter(({ field }) => field === 'title');
    return ofTitles.filter(({ values }) => this.#lineage.isLine(values.map(({ value }) => editIn(value))));
  }

  /** What the host has heard of sides that are gone since, by the user's hand or because the task is done. */
  #toldOfGone(): string[] {
    const { item, block } = this.titles();
    const isGone = new Map<string, boolean>([
      ['work-item', item === undefined],
      ['block', block === undefined],
    ]);
    const values = this.conflicts.flatMap((conflict) => conflict.values);
    return values.filter(({ side }) => isGone.get(side)).map(({ value }) => value);
  }

  #setStatus(side: 'task' | 'item', isDone: boolean): void {
    const { ticktick, azureDevOps } = this.world.sandbox;
    if (side === 'task') ticktick.testUser().updateTask(this.#taskId, { status: isDone ? 2 : 0 });
    else if (azureDevOps.testUser().get(this.#itemId)?.deleted === false)
      azureDevOps.testUser().update(this.#itemId, { 'System.State': isDone ? 'Closed' : 'Active' });
  }

  #delete(side: 'item' | 'block'): void {
    const title = this.titles()[side];
    if (title === undefined) return;
    const { azureDevOps, google } = this.world.sandbox;
    if (side === 'item') azureDevOps.testUser().delete(this.#itemId);
    else google.testUser().calendar.deleteEvent(this.#eventId);
    this.#lineage.forget(editIn(title), [...Object.values(this.titles()), ...this.#toldOfGone()].map(editIn));
  }
}

/** Loads what is loaded on first use: clocks that are stopped would count that as hours. */
export async function warmUp(): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  try {
    const { user, tickTick, project, later } = await openLinks();
    const { id, projectId, title } = tickTick.createTask({ title: 'Warm' });
    await user.createWorkItem({ id, projectId, title }, { project });
    await user.blockTime({ id, projectId, title }, { durationMinutes: 30, within: WEEK });
    tickTick.completeTask(id);
    await later();
  } finally {
    vi.useRealTimers();
  }
}

/** Runs histories against the facade and the sandbox. Returns how many conflicts were told that were none. */
export async function runHistories(options: { numRuns: number; seed: number }): Promise<number> {
  let unreal = 0;
  await fc.assert(
    fc.asyncProperty(HAPPENINGS, async (happenings) => {
      stopClocks();
      vi.setSystemTime(Date.parse('2027-03-01T08:00:00Z'));
      try {
        const world = new LinkWorld();
        await world.open();
        for (const one of happenings) await world.happen(one);
        await world.expectPeace();
        unreal += world.unrealConflicts().length;
      } finally {
        vi.useRealTimers();
      }
    }),
    options,
  );
  return unreal;
}
