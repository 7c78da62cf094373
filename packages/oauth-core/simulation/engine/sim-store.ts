import type { RecordStore } from '../../src/stores/record-store.ts';
import type { Backend, Latency } from './backend.ts';
import { Random } from './random.ts';
import type { SimProcess } from './sim-process.ts';

const LATENCY_MS: Readonly<Record<Latency, readonly [low: number, high: number]>> = {
  fast: [0.2, 5],
  slow: [1, 400],
  wild: [1, 4000],
};
const TIMEOUT_MS = 1000;
/** The timeout of `redisStore` and `postgresStore`. */
const ADAPTER_TIMEOUT_MS = 5000;

/** Kills a process at its n-th call to the store, before or after that takes effect. */
export interface StoreCrash {
  readonly call: number;
  readonly isApplied: boolean;
}

/** A store as one process sees it: its own delays, and the faults of the time at which it asks. */
export class SimStore implements RecordStore {
  crashAt: StoreCrash | undefined;
  readonly #process: SimProcess;
  readonly #backend: Backend;
  readonly #fail: (text: string) => Error;
  #calls = 0;

  constructor(process: SimProcess, backend: Backend, fail: (text: string) => Error) {
    this.#process = process;
    this.#backend = backend;
    this.#fail = fail;
  }

  get(key: string): Promise<{ value: string; version: string } | undefined> {
    return this.#call('get', () => {
      const record = this.#backend.get(key);
      return record && { value: record.value, version: record.version };
    });
  }

  compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    { ttlMs }: { ttlMs?: number | undefined } = {},
  ): Promise<string | undefined> {
    return this.#call(`set ${expected ?? 'new'}`, () =>
      this.#backend.get(key)?.version === expected
        ? this.#backend.put(key, value, { ttlMs, by: this.#process })
        : undefined,
    );
  }

  delete(key: string, expected?: string): Promise<boolean> {
    return this.#call(`delete ${expected ?? 'any'}`, () => {
      const record = this.#backend.get(key);
      if (record === undefined || (expected !== undefined && record.version !== expected)) return false;
      this.#backend.drop(key, this.#process);
      return true;
    });
  }

  list(
    prefix: string,
    { after = '', limit = Number.POSITIVE_INFINITY }: { after?: string; limit?: number } = {},
  ): Promise<string[]> {
    return this.#call('list', () => {
      const keys = this.#backend.keys().filter((key) => key.startsWith(prefix) && key > after);
      return keys.toSorted().slice(0, limit);
    });
  }

  #call<R>(what: string, apply: () => R): Promise<R> {
    const process = this.#process;
    const { world } = process;
    const call = (this.#calls += 1);
    const random = new Random(world.seed, `${process.name}/store/${call}`);
    const [low, high] = LATENCY_MS[this.#backend.latency];
    const thereMs = random.tail(low, high);
    const backMs = random.tail(low, high);
    const faults = this.#backend.faults.filter(({ from, to }) => world.now >= from && world.now < to);
    const mode = faults.find(({ chance }) => random.chance(chance))?.mode;
    return new Promise((resolve, reject) => {
      if (process.isDead) return;
      const onOver = this.#backend.onCall(process);
      if (this.crashAt?.call === call) {
        if (this.crashAt.isApplied) world.after(thereMs, apply);
        process.crash();
        return;
      }
      const fail = (ms: number): void => {
        process.deliver(ms, () => {
          onOver();
          world.log(process.name, `store ${what} failed (${mode})`);
          reject(this.#fail(`simulated: ${mode}`));
        });
      };
      if (mode === 'away-fast') fail(1);
      else if (mode === 'away-timeout') fail(TIMEOUT_MS);
      else if (mode === 'refused') fail(thereMs);
      else if (mode === 'silent') {
        if (random.chance(0.5)) world.after(thereMs, apply);
        fail(ADAPTER_TIMEOUT_MS);
      } else if (mode === 'late') {
        world.after(random.tail(200, 45_000), apply);
        fail(thereMs);
      } else {
        world.after(thereMs, () => {
          const result = apply();
          if (mode === 'lost') return fail(backMs);
          if (what !== 'get') world.log('store', `${process.name} ${what}: ${String(result)}`);
          process.deliver(backMs, () => {
            onOver();
            resolve(result);
          });
        });
      }
    });
  }
}
