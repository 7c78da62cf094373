import { type CallOptions, type Lease, type RecordStore, withLease } from '@context-sdk/oauth-core';
import type { Transport } from '../transport/transport.ts';
import type { TaskChangeEvent } from './change-event.ts';
import { ChangeReader } from './change-reader.ts';
import { collectChanges } from './collect-changes.ts';
import type { Snapshot } from './snapshot.ts';
import { StoredSnapshot } from './stored-snapshot.ts';

/** Where a feed keeps its place, and how it begins. */
export interface PollOptions extends CallOptions {
  store: RecordStore;
  /** The feed's place in the store, one per account and consumer, for example `user-1/ticktick/changes`. */
  key: string;
  /** What the first poll of a key gives: nothing (`skip`, the default), or `created` for every open task. */
  initial?: 'skip' | 'emit' | undefined;
  /** Milliseconds from a poll to its acknowledgement; then another consumer may take over. A minute unless given. */
  leaseTtlMs?: number | undefined;
}

/** What happened since the last acknowledged poll. */
export interface ChangeBatch {
  events: TaskChangeEvent[];
  /** Requests that the poll took of the account's limits. */
  requests: number;
  /**
   * Goes on from here. Until then a new poll gives the same again, after a crash too. Without events there is nothing
   * to acknowledge. Throws {@link StoreError} `lease-lost` if it came too late.
   */
  acknowledge(): Promise<void>;
}

/** The small record, which also holds the lease. */
interface Position {
  /** Epoch milliseconds at which the last poll began. */
  at: number;
}

const EMPTY: Snapshot = { tasks: {}, completed: [] };

class Poll {
  readonly #options: PollOptions;
  readonly #lease: Lease<Position>;
  readonly #reader: ChangeReader;
  readonly #stored: StoredSnapshot;
  readonly #startedAt: number = Date.now();

  constructor(transport: Transport, options: PollOptions, lease: Lease<Position>) {
    const { store, key, signal = lease.signal, initial: _i, leaseTtlMs: _l, ...call } = options;
    this.#options = options;
    this.#lease = lease;
    const either = AbortSignal.any([signal, lease.signal]);
    this.#reader = new ChangeReader(transport, { ...call, signal: either });
    this.#stored = new StoredSnapshot(store, key);
  }

  /** Hands the batch out and keeps the lease until it is acknowledged, or runs out. */
  async run(handOut: (batch: ChangeBatch) => void): Promise<void> {
    const before = await this.#stored.read();
    const since = this.#lease.value?.at ?? this.#startedAt;
    const { events, snapshot } = await collectChanges(this.#reader, before ?? EMPTY, since);
    const isBeginning = before === undefined && this.#options.initial !== 'emit';
    const { requests } = this.#reader;
    if (events.length === 0 || isBeginning) {
      await this.#goOnFrom(snapshot);
      handOut({ events: [], requests, acknowledge: async () => undefined });
      return;
    }
    await new Promise<void>((resolve) => {
      this.#lease.signal.addEventListener('abort', () => resolve(), { once: true });
      const acknowledge = async (): Promise<void> => {
        await this.#goOnFrom(snapshot);
        resolve();
      };
      let acknowledged: Promise<void> | undefined;
      handOut({
        events,
        requests,
        acknowledge: () =>
          (acknowledged ??= acknowledge().catch((error: unknown) => {
            acknowledged = undefined;
            throw error;
          })),
      });
    });
  }

  async #goOnFrom(snapshot: Snapshot): Promise<void> {
    this.#lease.signal.throwIfAborted();
    await this.#stored.write(snapshot);
    await this.#lease.save({ at: this.#startedAt });
  }
}

/** One poll; undefined if `unless` says of the last one's time that none is needed. */
export function poll(
  transport: Transport,
  options: PollOptions,
  isTooEarly: (lastAt: number) => boolean = () => false,
): Promise<ChangeBatch | undefined> {
  const { store, key, leaseTtlMs: ttlMs = 60_000, signal } = options;
  return new Promise((resolve, reject) => {
    const early = (position: Position | undefined): true | undefined =>
      position !== undefined && isTooEarly(position.at) ? true : undefined;
    const work = async (lease: Lease<Position>): Promise<undefined> => {
      await new Poll(transport, options, lease).run(resolve);
      return undefined;
    };
    withLease<Position, true | undefined>(
      store,
      `${key}/position`,
      { ttlMs, signal, unless: early },
      work,
    ).then(() => resolve(undefined), reject);
  });
}
