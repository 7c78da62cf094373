import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import type { OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { type Lease, withLease } from '@context-sdk/oauth-core/store-kit';
import type { Dialect, TickTickService } from '../operations.ts';
import type { TaskChangeEvent } from './change-event.ts';
import { collectChanges } from './collect-changes.ts';
import { collectGatewayChanges } from './collect-gateway-changes.ts';
import type { Snapshot } from './snapshot.ts';
import { StoredSnapshot } from './stored-snapshot.ts';

/** Where a feed stores its position, and how it begins. */
export interface PollOptions extends CallOptions {
  store: RecordStore;
  /** The feed's key in the store, one per account and consumer, for example `user-1/ticktick/changes`. */
  key: string;
  /** What the first poll of a key returns: `emit` is `created` for every open task. Default: `skip`, which is nothing. */
  initial?: 'skip' | 'emit' | undefined;
  /** Whether to follow the tasks of archived projects, too. Default: false. */
  includeClosed?: boolean | undefined;
  /** Milliseconds from a poll to its acknowledgment; then another consumer may take over. Default: 60,000. */
  leaseTtlMs?: number | undefined;
}

export const POLL_OPTIONS: OwnOptions<PollOptions> = {
  store: true,
  key: 'string',
  initial: 'string',
  leaseTtlMs: 'number',
  includeClosed: 'boolean',
};

/** What happened since the last acknowledged poll. */
export interface ChangeBatch {
  events: TaskChangeEvent[];
  /** Requests that the poll used of the account's limits. */
  requests: number;
  /**
   * Continues from here. Until then a new poll returns the same again, also after a crash. Without events there is nothing
   * to acknowledge. Throws {@link StoreError} `lease-lost` if it is called too late.
   */
  acknowledge(): Promise<void>;
  /** Releases the lease without continuing, so that the next poll doesn't have to wait until it expires. */
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

/** Hands the batch out and keeps the lease until the batch is acknowledged or the lease expires. */
async function pollLeased(
  service: TickTickService,
  dialect: Dialect,
  options: PollOptions,
  lease: Lease<Position>,
  handOut: (batch: ChangeBatch) => void,
): Promise<void> {
  const { store, key, initial, signal = lease.signal } = options;
  const startedAt = Date.now();
  const call = service.call({ ...options, signal: AbortSignal.any([signal, lease.signal]) }, POLL_OPTIONS);
  const stored = new StoredSnapshot(store, key);
  const before = await stored.read();
  const since = lease.value?.at ?? startedAt;
  const { includeClosed } = options;
  const { events, snapshot } = dialect.hasProjects
    ? await collectChanges(call, before ?? EMPTY, { since, includeClosed })
    : await collectGatewayChanges(call, before ?? EMPTY);
  const proceed = async (): Promise<void> => {
    lease.signal.throwIfAborted();
    await stored.write(snapshot);
    await lease.save({ at: startedAt });
  };
  const { requests } = call;
  if (events.length === 0 || (before === undefined && initial !== 'emit')) {
    await proceed();
    handOut(nothingNew(requests));
    return;
  }
  await new Promise<void>((resolve) => {
    const release = (): void => resolve();
    call.signal?.addEventListener('abort', release, { once: true });
    let acknowledged: Promise<void> | undefined;
    const forget = (error: unknown): never => {
      acknowledged = undefined;
      throw error;
    };
    const acknowledge = (): Promise<void> => (acknowledged ??= proceed().then(resolve, forget));
    handOut({ events, requests, acknowledge, release });
  });
}

/** One poll; undefined if `isTooEarly` says that none is needed yet. */
export function poll(
  service: TickTickService,
  dialect: Dialect,
  options: PollOptions,
  isTooEarly: (lastAt: number) => boolean = () => false,
): Promise<ChangeBatch | undefined> {
  const { store, key, leaseTtlMs: ttlMs = 60_000, signal } = options;
  return new Promise((resolve, reject) => {
    const early = (position: Position | undefined): true | undefined =>
      position !== undefined && isTooEarly(position.at) ? true : undefined;
    const work = async (lease: Lease<Position>): Promise<undefined> => {
      await pollLeased(service, dialect, options, lease, resolve);
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
