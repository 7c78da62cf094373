import type { Lease } from '../../src/leases/with-lease.ts';
import type { EncryptedStore } from '../../src/stores/encrypted/encrypted-store.ts';
import type { RecordStore } from '../../src/stores/record-store.ts';
import { toResult } from '../../src/stores/store-outcome.ts';
import { Backend } from '../engine/backend.ts';
import type { Code, Library } from '../engine/code.ts';
import { ENCRYPTION_KEYS, keyIdOf } from '../engine/envelope.ts';
import { Findings } from '../engine/findings.ts';
import { SimProcess } from '../engine/sim-process.ts';
import { SimStore } from '../engine/sim-store.ts';
import { World } from '../engine/world.ts';
import type { LeaseHistory, LeaseItem, Work } from './history.ts';
import type { LeaseRule } from './rules.ts';

/** The records are lists: each piece of work adds its number. */
type List = readonly number[];

interface Worker {
  readonly process: SimProcess;
  readonly library: Library;
  readonly store: RecordStore;
  /** Of an encrypted history. */
  readonly encrypted: EncryptedStore | undefined;
  readonly generation: number;
}

interface Inside {
  readonly process: SimProcess;
  readonly id: number;
  readonly lease: Lease<List>;
  readonly enteredAt: number;
}

const MAX_GENERATIONS = 40;
const WORK_FAILED = 'work failed';

/** One history of `withLease` while it runs. */
export class LeaseRun {
  readonly world: World;
  readonly findings: Findings;
  readonly #code: Code;
  readonly #history: LeaseHistory;
  readonly #backend: Backend;
  readonly #workers: Worker[] = [];
  readonly #inside = new Map<string, Set<Inside>>();
  readonly #pending = new Set<{ process: SimProcess; id: number }>();
  /** What was reported as saved, by key; nothing is expected of a record that may have been deleted. */
  readonly #saved = new Map<string, number[] | 'in doubt'>();
  #holderDiedAt: number | undefined;

  constructor(code: Code, history: LeaseHistory, isTraced: boolean) {
    this.#code = code;
    this.#history = history;
    this.world = new World(history.seed, { isTraced });
    this.findings = new Findings(this.world);
    this.#backend = new Backend(this.world, history.config.latency);
    for (const item of history.items) if (item.type === 'storeFault') this.#backend.addFault(item);
  }

  async run(): Promise<void> {
    const { config, items } = this.#history;
    for (const index of config.drift.keys()) this.#start(index, 0);
    for (const item of items) if (item.type !== 'storeFault') this.world.at(item.at, () => this.#act(item));
    await this.world.run(60_000);
    this.#backend.faults = [];
    this.#backend.latency = 'fast';
    await this.world.run(600_000, () => [...this.#pending].every(({ process }) => process.isDead));
    for (const { process, id } of this.#pending)
      if (!process.isDead) this.#violate('never-settled', `#${id} in ${process.name}`);
    if (config.kind === 'lives' && this.#holderDiedAt !== undefined)
      this.#violate('taken-over-late', `not within ${4 * config.ttlMs} ms`);
  }

  #start(index: number, generation: number): Worker {
    const drift = this.#history.config.drift[index];
    const process = new SimProcess(this.world, `p${index}.${generation}`, { drift });
    const library = this.#code(process);
    const plain = new SimStore(process, this.#backend, (text) => new library.StoreError('unavailable', text));
    const keys = { current: keyIdOf(index), keys: ENCRYPTION_KEYS };
    const encrypted =
      this.#history.config.kind === 'encrypted' ? library.encryptedStore(plain, keys) : undefined;
    const worker = { process, library, store: encrypted ?? plain, encrypted, generation };
    this.#workers[index] = worker;
    return worker;
  }

  #act(item: Exclude<LeaseItem, { type: 'storeFault' }>): void {
    let worker = this.#workers[item.process];
    if (worker === undefined) return;
    if (worker.process.isDead) {
      if (item.type !== 'work' || worker.generation === MAX_GENERATIONS) return;
      worker = this.#start(item.process, worker.generation + 1);
    }
    const { process } = worker;
    if (item.type === 'freeze') process.freeze(item.ms);
    else if (item.type === 'work') this.#work(worker, item);
    else if (item.type === 'rekey') void this.#rekey(worker);
    else {
      process.crash();
      for (const mates of this.#inside.values())
        for (const mate of mates) if (mate.process === process) this.#holderDiedAt = this.world.now;
    }
  }

  #work({ process, library, store }: Worker, item: Work): void {
    process.deliver(0, () => {
      const entry = { process, id: item.id };
      this.#pending.add(entry);
      this.findings.count('calls');
      void this.#record(process, item, library, store).then(() => this.#pending.delete(entry));
    });
  }

  async #record(process: SimProcess, item: Work, { withLease }: Library, store: RecordStore): Promise<void> {
    const { ttlMs } = this.#history.config;
    try {
      const isSaved = await withLease<List, boolean>(store, item.key, { ttlMs }, (lease) =>
        this.#hold(process, item, lease),
      );
      const saved = this.#saved.get(item.key) ?? [];
      if (isSaved && saved !== 'in doubt') this.#saved.set(item.key, [...saved, item.id]);
    } catch (error) {
      this.#onFailure(item, error as Error & { reason?: string });
    }
  }

  async #rekey({ encrypted }: Worker): Promise<void> {
    const { result, failure } = await toResult(encrypted?.rekey() ?? Promise.resolve(undefined));
    const [failed] = result?.failed ?? [];
    const error = failure === undefined ? failed?.error : (failure as Error);
    if (error !== undefined) this.#violate('rekey-failed', error.message);
  }

  async #hold(process: SimProcess, item: Work, lease: Lease<List>): Promise<boolean> {
    const me = this.#enter(process, item, lease);
    await new Promise<void>((resolve) => void process.deliver(item.holdMs, resolve));
    // From here on the write that releases may take effect at any time.
    this.#inside.get(item.key)?.delete(me);
    return await this.#finish(item, lease);
  }

  #enter(process: SimProcess, item: Work, lease: Lease<List>): Inside {
    if (lease.takenOver) this.findings.count('taken over');
    const list = lease.value ?? [];
    const saved = this.#saved.get(item.key) ?? [];
    const missing = saved === 'in doubt' ? [] : saved.filter((id) => !list.includes(id));
    if (missing.length > 0) this.#violate('value-lost', `#${item.id} does not see ${missing.join(', ')}`);
    const mates = this.#inside.get(item.key) ?? new Set();
    this.#inside.set(item.key, mates);
    for (const mate of mates) this.#checkMate(mate, item.id);
    this.#holderDiedAt = undefined;
    const me = { process, id: item.id, lease, enteredAt: this.world.now };
    mates.add(me);
    this.world.log(process.name, `#${item.id} works on ${JSON.stringify(list)}`);
    return me;
  }

  #checkMate({ process, id, lease, enteredAt }: Inside, other: number): void {
    const wasFrozen = process.frozenMs(enteredAt - this.#history.config.ttlMs, this.world.now) > 0;
    if (process.isDead || wasFrozen || lease.remainingMs() === 0) return;
    this.#violate('two-inside', `#${other} and #${id}, which has ${lease.remainingMs().toFixed()} ms left`);
  }

  async #finish({ id, key, ending }: Work, lease: Lease<List>): Promise<boolean> {
    if (ending === 'throw') throw new Error(WORK_FAILED);
    if (ending === 'leave') return false;
    if (ending === 'delete') {
      this.#saved.set(key, 'in doubt');
      await lease.save(undefined);
      return false;
    }
    const list = [...(lease.value ?? []), id];
    await lease.save(list, ending === 'ttl' ? { ttlMs: 3_600_000 } : {});
    if (ending === 'twice') {
      const isSaved = await lease.save(list).then(
        () => true,
        () => false,
      );
      if (isSaved) this.#violate('saved-after-release', `#${id}`);
    }
    return true;
  }

  #onFailure({ id }: Work, error: Error & { reason?: string }): void {
    const what = error.message === WORK_FAILED ? WORK_FAILED : `${error.name} ${error.reason ?? ''}`;
    this.findings.count(what);
    this.world.log('!', `#${id} failed: ${what}`);
    if (![WORK_FAILED, 'StoreError unavailable', 'StoreError lease-lost'].includes(what))
      this.#violate('strange-error', String(error.stack));
    if (what.endsWith('lease-lost') && ['calm', 'encrypted'].includes(this.#history.config.kind))
      this.#violate('lease-lost-in-calm', `#${id}`);
  }

  #violate(rule: LeaseRule, text: string): void {
    this.findings.violate(rule, text);
  }
}
