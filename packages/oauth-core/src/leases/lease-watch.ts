import type { RecordStore } from '../stores/record-store.ts';
import { toResult } from '../stores/store-outcome.ts';
import { waiterMs } from './lease-clock.ts';
import { encodeRecord, type LeaseRecord, lifetimeOf } from './lease-record.ts';

/** Since when, on the monotonic clock, this process has seen one lease held and not renewed. */
interface Sighting {
  /** Of the lease and its last renewal. */
  readonly id: string;
  readonly since: number;
  /** The record's version, and since when it has been seen. */
  version: string | undefined;
  versionSince: number;
  notedAt: number;
}

/** Until a process's first note on a lease, and the most between two: each comes after as long as it has watched by then. */
const FIRST_NOTE_MS = 500;
const NOTE_EVERY_MS = 1000;
const MAX_SIGHTINGS = 10_000;

const sightings = new WeakMap<RecordStore, Map<string, Sighting>>();

/**
 * Watches the holder of one record's lease. Only monotonic clocks count: a holder's time began before others could see
 * its lease, so no clocks have to agree.
 *
 * The whole process watches, not one call, since calls fail while the store does. Processes that live for less than a
 * lease watch one after another: each notes on the lease for how long it has seen it. A note is a compare-and-set on the
 * version that was watched, so no two processes count the same time. A living holder then writes once
 * more, so the first note comes late.
 */
export class LeaseWatch {
  readonly #store: RecordStore;
  readonly #key: string;
  readonly #sightings: Map<string, Sighting>;
  readonly #startedAt = performance.now();

  constructor(store: RecordStore, key: string) {
    this.#store = store;
    this.#key = key;
    this.#sightings = sightings.get(store) ?? new Map<string, Sighting>();
    sightings.set(store, this.#sightings);
  }

  /** Called each time the record is read: whether its lease has been seen held for so long that its time is up. */
  isOverdue({ lease, version }: LeaseRecord<unknown>): boolean {
    if (!lease?.held) {
      this.#sightings.delete(this.#key);
      return false;
    }
    const now = performance.now();
    const { since, versionSince } = this.#see(`${lease.id}${lease.renewals ?? ''}`, version, now);
    const watchedMs = Math.max(now - since, (lease.watchedMs ?? 0) + now - versionSince);
    return watchedMs >= waiterMs(lease.ttlMs);
  }

  /** Whether a look that doesn't wait may end: it is noted on the lease, or took as long as that takes. So looks of short-lived processes count. */
  get isNoted(): boolean {
    const sighting = this.#sightings.get(this.#key);
    const isAdded = sighting !== undefined && sighting.notedAt > sighting.since;
    return isAdded || performance.now() - this.#startedAt >= FIRST_NOTE_MS;
  }

  /** Adds what this process has seen to the lease, now and then. If that fails, nothing is lost but time. */
  async note<T>(record: LeaseRecord<T>): Promise<void> {
    const { lease, version } = record;
    const sighting = this.#sightings.get(this.#key);
    if (lease === undefined || sighting === undefined || sighting.version !== version) return;
    const now = performance.now();
    if (!isNoteDue(sighting, now)) return;
    sighting.notedAt = now;
    const watchedMs = (lease.watchedMs ?? 0) + now - sighting.versionSince;
    const content = { ...record, lease: { ...lease, watchedMs } };
    const { result } = await toResult(
      this.#store.compareAndSet(this.#key, version, encodeRecord(content), lifetimeOf(content)),
    );
    // Its own note is no new sighting: the time until the next look counts.
    if (result !== undefined) Object.assign(sighting, { version: result, versionSince: now });
  }

  #see(id: string, version: string | undefined, now: number): Sighting {
    const known = this.#sightings.get(this.#key);
    if (known?.id === id) {
      if (known.version !== version) Object.assign(known, { version, versionSince: now });
      return known;
    }
    const sighting = { id, since: now, version, versionSince: now, notedAt: now };
    this.#sightings.delete(this.#key);
    this.#sightings.set(this.#key, sighting);
    const [oldest] = this.#sightings.keys();
    if (this.#sightings.size > MAX_SIGHTINGS && oldest !== undefined) this.#sightings.delete(oldest);
    return sighting;
  }
}

function isNoteDue({ since, versionSince, notedAt }: Sighting, now: number): boolean {
  const everyMs = Math.min(NOTE_EVERY_MS, Math.max(FIRST_NOTE_MS, notedAt - since));
  return now - Math.max(versionSince, notedAt) >= everyMs;
}
