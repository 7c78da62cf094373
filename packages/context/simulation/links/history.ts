import * as fc from 'fast-check';
import type { LinkState, LinkWrite } from '../../src/links/link-state.ts';
import { afterDecision, afterWrite, reconcile, sideOf } from '../../src/links/reconcile.ts';
import type { CompleteRules, LinkConflict, LinkField } from '../../src/options/links-options.ts';
import { editIn, Lineage, titleOf } from '../../test/links/lineage.ts';
import { Item } from './services.ts';

/** Something that happens in one of the services. */
export interface Edit {
  kind: 'edit';
  side: number;
  field: LinkField;
  random: number;
}

/** An edit while a synchronization is under way, before a step of it. */
interface Meanwhile {
  at: number;
  edit: Edit;
}

/** One thing of a history. */
export type Action =
  | Edit
  | { kind: 'sync'; crashAt: number; arrives: boolean; meanwhile: Meanwhile[] }
  | { kind: 'delete'; side: number }
  | { kind: 'restore' }
  | { kind: 'repeat'; isRecurring: boolean }
  | { kind: 'new block'; isStale: boolean }
  | { kind: 'decide'; random: number };

/** What a history has shown. */
export interface Findings {
  writes: number;
  conflicts: number;
  /** Conflicts between values of which one is an edit of the other. */
  unreal: number;
}

const RULES = { title: 'merge', status: 'merge', due: 'off' } as const;
const STATUSES = ['open', 'done', 'dropped'] as const;
const CRASH = Symbol('crash');

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constant('edit'),
  side: fc.nat(4),
  field: fc.constantFrom<LinkField>('title', 'title', 'title', 'status'),
  random: fc.nat(11),
});

export const ACTIONS: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: anyEdit },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('sync'),
        crashAt: fc.oneof(fc.constant(99), fc.integer({ min: 1, max: 12 })),
        arrives: fc.boolean(),
        meanwhile: fc.array(fc.record({ at: fc.integer({ min: 1, max: 10 }), edit: anyEdit }), {
          maxLength: 2,
        }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('delete' as const), side: fc.nat(4) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'restore' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('repeat' as const), isRecurring: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('new block'), isStale: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('decide'), random: fc.nat(5) }) },
  ),
  { maxLength: 14 },
);

/** A task, its work item, its block and its draft, through a history of edits, crashes and late processes. */
export class History {
  readonly items: Item[];
  readonly findings: Findings = { writes: 0, conflicts: 0, unreal: 0 };
  readonly #rules: CompleteRules;
  readonly #lineage = new Lineage();
  readonly #told = new Set<string>();
  #stored: LinkState = { agreed: {}, sides: [], conflicts: [] };
  #steps = 0;

  constructor(deleted: CompleteRules['deleted']) {
    this.#rules = { ...RULES, deleted };
    const title = titleOf(0, 0);
    this.items = [
      new Item('task', 't', title),
      new Item('work-item', '7', title),
      new Item('block', 'b', title),
      new Item('draft', 'd', title),
    ];
  }

  get isTaskGone(): boolean {
    return this.items.some(({ kind, isGone }) => kind === 'task' && isGone);
  }

  get state(): LinkState {
    return this.#stored;
  }

  run(actions: readonly Action[]): void {
    this.sync();
    for (const action of actions) this.#act(action);
  }

  /** Synchronizes until nothing is written any more. Returns how many rounds that took. */
  settle(): number {
    for (let rounds = 1; rounds <= 10; rounds += 1) {
      const [before, writes] = [JSON.stringify(this.#stored), this.findings.writes];
      this.sync();
      if (this.findings.writes === writes && JSON.stringify(this.#stored) === before) return rounds;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Edits that nobody sees any more, and that nothing was made upon. */
  lostEdits(): number[] {
    // With a deleted task, what was agreed and not yet written goes nowhere.
    const agreed = this.isTaskGone ? [this.#stored.agreed.title?.value ?? ''] : [];
    return this.#lineage.lost([...this.#titles(), ...this.#conflictValues(), ...agreed].map(editIn));
  }

  sync(
    crashAt: number = Number.POSITIVE_INFINITY,
    arrives: boolean = false,
    meanwhile: readonly Meanwhile[] = [],
  ): void {
    this.#steps = 0;
    const waiting = meanwhile.map((one) => ({ ...one }));
    /** Others act before a step; the process may die in it. */
    const step = <T>(work: () => T): T => {
      this.#steps += 1;
      for (const one of waiting.filter(({ at }) => at === this.#steps)) this.#act(one.edit);
      if (this.#steps === crashAt) {
        if (arrives) work();
        throw CRASH;
      }
      return work();
    };
    try {
      for (let tries = 0; !this.#attempt(step); tries += 1) {
        if (tries > 20) throw new Error('A synchronization never ends.');
      }
    } catch (thrown) {
      if (thrown !== CRASH) throw thrown;
    }
  }

  /** Whether it was not overtaken by an edit. */
  #attempt(step: <T>(work: () => T) => T): boolean {
    let known = this.#stored;
    const now = this.items.map((item) => step(() => item.read(sideOf(known.sides, item))));
    const { state, writes } = reconcile(known, now, this.#rules);
    this.#note(state);
    const save = (next: LinkState): void => {
      known = structuredClone(next);
      step(() => void (this.#stored = structuredClone(known)));
    };
    if (JSON.stringify(state) !== JSON.stringify(known)) save(state);
    const versions = new Map(now.map(({ id, version }) => [id, version]));
    for (const write of writes) {
      const item = this.items.find(({ id }) => id === write.id);
      if (item === undefined) throw new Error('A side is written that is not there.');
      const isAccepted = step(() => this.#write(item, write, versions.get(item.id)));
      if (!isAccepted) return false;
      const answer = item.read();
      versions.set(item.id, answer.version);
      save(afterWrite(known, write, answer));
    }
    return true;
  }

  #write(item: Item, write: LinkWrite, version: string | undefined): boolean {
    const isAccepted = item.write(write, version);
    if (isAccepted) this.findings.writes += 1;
    return isAccepted;
  }

  #act(action: Action): void {
    if (action.kind === 'edit') this.#edit(action);
    else if (action.kind === 'sync') this.sync(action.crashAt, action.arrives, action.meanwhile);
    else if (action.kind === 'delete') this.#delete(action.side);
    else if (action.kind === 'restore') this.#restore();
    else if (action.kind === 'repeat') this.#repeat(action.isRecurring);
    else if (action.kind === 'new block') this.#addBlock(action.isStale);
    else this.#decide(action.random);
  }

  #edit({ side, field, random }: Edit): void {
    const item = this.items[side % this.items.length];
    if (item === undefined || item.isGone || (field === 'status' && item.status === undefined)) return;
    if (field === 'status') {
      item.edit('status', STATUSES[random % STATUSES.length] ?? 'open');
      return;
    }
    // A draft is the user's own once it is edited.
    const base = editIn(item.title);
    if (item.kind === 'draft') return item.edit('title', 'Dear all');
    const number = this.#lineage.add([base]);
    // Where a long title was cut, somebody changes its beginning.
    const isCut = item.kind === 'work-item' && item.title.endsWith('…') && random % 2 === 0;
    item.edit('title', isCut ? item.title.replace(/#\d+/, `#${number}`) : titleOf(number, random));
  }

  #delete(side: number): void {
    const item = this.items[side % this.items.length];
    if (item === undefined || item.isGone) return;
    // What was only there is gone with it, as the user wanted.
    const only = editIn(item.title);
    item.isGone = true;
    const agreed = this.#stored.agreed.title?.value ?? '';
    const toldOf = item.kind === 'task' ? [] : [agreed, ...this.#conflictValues()];
    this.#lineage.forget(only, [...toldOf, ...this.#titles()].map(editIn));
    if (item.kind !== 'task') return;
    // With its task, a conflict ends undecided.
    for (const value of [agreed, ...this.#conflictValues()])
      this.#lineage.forget(editIn(value), this.#titles().map(editIn));
  }

  /** A deleted task is taken out of the trash. */
  #restore(): void {
    const task = this.items.find(({ kind }) => kind === 'task');
    if (task === undefined) return;
    task.isGone = false;
    this.#lineage.remember(editIn(task.title));
  }

  #repeat(isRecurring: boolean): void {
    const task = this.items.find(({ kind }) => kind === 'task');
    if (task !== undefined) task.isRecurring = isRecurring;
  }

  #titles(): string[] {
    return this.items.filter(({ isGone }) => !isGone).map(({ title }) => title);
  }

  /** Of sides that are still there. */
  #conflictValues(): string[] {
    const isGone = (one: string): boolean => this.items.some(({ id, isGone: is }) => is && id === one);
    return this.#conflict.filter(({ id }) => !isGone(id)).map(({ value }) => value);
  }

  get #conflict(): LinkConflict['values'] {
    return this.#stored.conflicts.find(({ field }) => field === 'title')?.values ?? [];
  }

  /** A caller blocks time with the title that it has, which may be an old one. */
  #addBlock(isStale: boolean): void {
    const task = this.items[0];
    if (task === undefined || this.items.length > 5) return;
    const title = isStale ? (task.titles[Math.max(1, task.version - 1)] ?? task.title) : task.title;
    this.items.push(new Item('block', `b${this.items.length}`, title));
  }

  /** Whoever decides has seen what is in the conflict, and nothing that was changed since. */
  #decide(random: number): void {
    const values = this.#conflict.map(({ value }) => editIn(value));
    if (values.length === 0) return;
    const number = this.#lineage.add([...values, editIn(this.#stored.agreed.title?.value ?? '')]);
    const now = this.items.map((item) => item.read());
    this.#stored = afterDecision(this.#stored, 'title', titleOf(number, random), now);
  }

  /** Judges the conflicts that are new. */
  #note({ conflicts }: LinkState): void {
    for (const conflict of conflicts) {
      const name = JSON.stringify(conflict.values);
      if (this.#told.has(name)) continue;
      this.#told.add(name);
      this.findings.conflicts += 1;
      if (conflict.field === 'title' && this.#isUnreal(conflict)) this.findings.unreal += 1;
    }
  }

  #isUnreal({ values }: LinkConflict): boolean {
    return this.#lineage.isLine(values.map(({ value }) => editIn(value)));
  }
}
