import { opened } from './envelope.ts';
import type { SimProcess } from './sim-process.ts';
import type { World } from './world.ts';

/**
 * What can go wrong with a call to the store: its answer is lost, it is refused, it takes effect late, the store is away, or
 * it does not answer, so that only the adapter's timeout ends the call.
 */
export const STORE_FAULTS = ['lost', 'refused', 'late', 'away-fast', 'away-timeout', 'silent'] as const;

export type StoreFaultMode = (typeof STORE_FAULTS)[number];

/** A time in which calls go wrong, each with this chance. */
export interface FaultWindow<M> {
  readonly from: number;
  readonly to: number;
  readonly mode: M;
  readonly chance: number;
}

export type Latency = 'fast' | 'slow' | 'wild';

export interface SimRecord {
  readonly value: string;
  readonly version: string;
  readonly expiresAt: number;
}

/** Values are as the SDK wrote them, also where they lie encrypted in the store. */
export interface Write {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly by: SimProcess;
}

interface StoreCall {
  readonly by: SimProcess;
  readonly from: number;
  to: number;
}

/** What all processes share behind the `RecordStore` port. */
export class Backend {
  readonly world: World;
  latency: Latency;
  faults: FaultWindow<StoreFaultMode>[] = [];
  onWrite: (write: Write) => void = () => undefined;
  readonly #records = new Map<string, SimRecord>();
  readonly #calls: StoreCall[] = [];
  readonly #away: FaultWindow<StoreFaultMode>[] = [];
  #versions = 0;

  constructor(world: World, latency: Latency) {
    this.world = world;
    this.latency = latency;
  }

  addFault(fault: FaultWindow<StoreFaultMode>): void {
    const isAway = fault.mode.startsWith('away');
    this.faults.unshift(isAway ? { ...fault, chance: 1 } : fault);
    if (isAway || fault.mode === 'silent') this.#away.push(fault);
  }

  get(key: string): SimRecord | undefined {
    const record = this.#records.get(key);
    if (record === undefined || record.expiresAt > this.world.now) return record;
    this.#records.delete(key);
    return undefined;
  }

  keys(): string[] {
    return [...this.#records.keys()].filter((key) => this.get(key) !== undefined);
  }

  put(key: string, value: string, { ttlMs, by }: { ttlMs: number | undefined; by: SimProcess }): string {
    const before = this.#read(key);
    const version = `v${(this.#versions += 1)}`;
    this.#records.set(key, {
      value,
      version,
      expiresAt: this.world.now + (ttlMs ?? Number.POSITIVE_INFINITY),
    });
    this.onWrite({ key, before, after: opened(key, value), by });
    return version;
  }

  drop(key: string, by: SimProcess): void {
    const before = this.#read(key);
    this.#records.delete(key);
    this.onWrite({ key, before, after: undefined, by });
  }

  #read(key: string): string | undefined {
    const record = this.get(key);
    return record && opened(key, record.value);
  }

  /** Notes a call; returns what notes that it is over. */
  onCall(by: SimProcess): () => void {
    const call: StoreCall = { by, from: this.world.now, to: Number.POSITIVE_INFINITY };
    this.#calls.push(call);
    return () => (call.to = this.world.now);
  }

  /** For how long a process waited for its calls between the two times. */
  waitedMs(by: SimProcess, from: number, to: number): number {
    const own = this.#calls.filter((call) => call.by === by);
    return overlapMs(own, from, to);
  }

  /** Whether calls may have failed between the two times. */
  wasFaulty(from: number, to: number): boolean {
    return this.faults.some((fault) => fault.from < to && fault.to > from);
  }

  /** For how long the store was away between the two times. */
  awayMs(from: number, to: number): number {
    return overlapMs(this.#away, from, to);
  }
}

function overlapMs(spans: readonly { from: number; to: number }[], from: number, to: number): number {
  return spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);
}
