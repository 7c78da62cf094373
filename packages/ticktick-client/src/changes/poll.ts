import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import { oneDeadline } from '@context-sdk/oauth-core/client-kit';
import { type Lease, withLease } from '@context-sdk/oauth-core/store-kit';
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
  /** Lets go without going on, so that the next poll need not wait for the lease to run out. */
  release(): void;
}

/** The small record, which also holds the lease. */
interface Position {
  /** Epoch milliseconds at which the last poll began. */
  at: number;
}

export function nothingNew(requests: number): ChangeBatch {
  return { events: [], requests, acknowledge: async () => undefined, release: () => undefined };
}

const EMPTY: Snapshot = { tasks: {}, completed: [] };

/** Hands the batch out and keeps the lease until it is acknowledged, or runs out. */
async function pollLeased(
  transport: Transport,
  options: PollOptions,
  lease: Lease<Position>,
  handOut: (batch: ChangeBatch) => void,
): Promise<void> {
  const { store, key, initial } = options;
  const { signal = lease.signal, ...call } = oneDeadline(options, 'ticktick') ?? options;
  const startedAt = Date.now();
  const either = AbortSignal.any([signal, lease.signal]);
  const reader = new ChangeReader(transport, { ...call, signal: either });
  const stored = new StoredSnapshot(store, key);
  const before = await stored.read();
  const { events, snapshot } = await collectChanges(reader, before ?? EMPTY, lease.value?.at ?? startedAt);
  const goOn = async (): Promise<void> => {
    lease.signal.throwIfAborted();
    await stored.write(snapshot);
    await lease.save({ at: startedAt });
  };
  const { requests } = reader;
  if (events.length === 0 || (before === undefined && initial !== 'emit')) {
    await goOn();
    handOut(nothingNew(requests));
    return;
  }
  await new Promise<void>((resolve) => {
    const release = (): void => resolve();
    either.addEventListener('abort', release, { once: true });
    let acknowledged: Promise<void> | undefined;
    const forget = (error: unknown): never => {
      acknowledged = undefined;
      throw error;
    };
    const acknowledge = (): Promise<void> => (acknowledged ??= goOn().then(resolve, forget));
    handOut({ events, requests, acknowledge, release });
  });
}

/** One poll; undefined if the last one was so lately that `isTooEarly` says that none is needed. */
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
      await pollLeased(transport, options, lease, resolve);
      return undefined;
    };
    withLease<Position, true | undefined>(
      store,
      `${key}/position`,
      { ttlMs, signal, skipIf: early },
      work,
    ).then(() => resolve(undefined), reject);
  });
}
