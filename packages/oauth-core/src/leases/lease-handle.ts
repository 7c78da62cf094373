import { checkTtl } from '../stores/check-arguments.ts';
import type { RecordStore } from '../stores/record-store.ts';
import { holderMs } from './lease-clock.ts';
import { encodeRecord, type LeaseHolder, type RecordContent } from './lease-record.ts';
import { type Holding, leaseLost, releaseLease } from './release-lease.ts';

/** The right to write one record, which others respect until it expires. */
export interface Lease<T> {
  /** The record as it was when the lease was taken. */
  readonly value: T | undefined;
  /**
   * Aborts shortly before others may take the lease over, with a {@link StoreError} `lease-lost` as its reason. In a process that stood
   * still it has aborted when it is read next, though the event loop has not come to its timers yet.
   */
  readonly signal: AbortSignal;
  /** Whether a holder died or stalled during its work, and the record has not been saved since. */
  readonly takenOver: boolean;
  /** Milliseconds left, by this process's monotonic clock, or by its wall clock if more time has passed on that; 0 once it has expired. */
  remainingMs(): number;
  /**
   * Writes the value and releases in one compare-and-set; `undefined` deletes the record. `ttlMs`, in
   * milliseconds, is how long the record lives; without it the record lasts.
   *
   * A store that fails is asked up to five times while the lease lasts. After that the lease stays held, since the
   * write may still arrive: `save` may be called again, and whoever takes over sees `takenOver`.
   *
   * @throws {StoreError} `lease-lost` if another process took over or the lease is already released; otherwise
   *   what the store threw.
   */
  save(value: T | undefined, options?: { ttlMs?: number | undefined }): Promise<void>;
}

export interface TakenLease<T> {
  readonly store: RecordStore;
  readonly key: string;
  /** The record's version when the lease was taken or last renewed. */
  version: string;
  readonly content: RecordContent<T>;
  holder: LeaseHolder;
  readonly takenOver: boolean;
  /** Monotonic time before the compare-and-set that took or last renewed the lease was sent. */
  startedAt: number;
  /** The same moment by the wall clock, which goes on while the machine is suspended. */
  startedOn: number;
}

/** The lease while its work runs. `taken` changes when it is renewed. */
export class LeaseHandle<T> implements Lease<T> {
  readonly value: T | undefined;
  readonly takenOver: boolean;
  readonly taken: TakenLease<T>;
  readonly #aborter = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: 'held' | 'in-doubt' | 'released' = 'held';

  constructor(taken: TakenLease<T>) {
    this.value = taken.content.value;
    this.takenOver = taken.takenOver;
    this.taken = taken;
    this.#watch();
  }

  get signal(): AbortSignal {
    if (this.remainingMs() === 0) this.#aborter.abort(leaseLost(this.taken.key));
    return this.#aborter.signal;
  }

  remainingMs(): number {
    const { startedAt, startedOn, holder } = this.taken;
    const elapsedMs = Math.max(performance.now() - startedAt, Date.now() - startedOn);
    return Math.max(0, holderMs(holder.ttlMs) - elapsedMs);
  }

  async save(value: T | undefined, { ttlMs }: { ttlMs?: number | undefined } = {}): Promise<void> {
    checkTtl(ttlMs);
    if (this.#state === 'released') throw leaseLost(this.taken.key);
    const content = { value, ttlMs, lease: this.#holder(false) };
    // What JSON can't express fails here, before anything is in doubt.
    encodeRecord(content);
    this.#state = 'in-doubt';
    await releaseLease(this.#holding(), content);
    this.#state = 'released';
  }

  /** Gives back a record that was not saved, as it was. Never throws: a lease that stays behind runs out. */
  async release(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#state !== 'held') return;
    this.#state = 'released';
    const content = { ...this.taken.content, lease: this.#holder(this.takenOver) };
    await releaseLease(this.#holding(), content).catch(() => undefined);
  }

  /** Over when its time is, unless a renewal has begun that anew meanwhile. */
  #watch(): void {
    const { startedAt } = this.taken;
    this.#timer = setTimeout(() => {
      if (this.taken.startedAt === startedAt) this.#aborter.abort(leaseLost(this.taken.key));
      else this.#watch();
    }, this.remainingMs());
  }

  #holding(): Holding {
    const { store, key, version, holder } = this.taken;
    return { store, key, version, leaseId: holder.id, remainingMs: () => this.remainingMs() };
  }

  #holder(abandoned: boolean): LeaseHolder {
    return { ...this.taken.holder, held: false, ...(abandoned && { abandoned }) };
  }
}
