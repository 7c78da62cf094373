import { type CallOptions, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import type { OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { type Lease, withLease } from '@context-sdk/oauth-core/store-kit';
import type { Dialect, TickTickService } from '../operations.ts';
import { onSkip, type Skipped } from '../skipped.ts';
import type { FeedEvent, TaskChangeEvent } from './change-event.ts';
import { collectChanges } from './collect-changes.ts';
import { collectGatewayChanges } from './collect-gateway-changes.ts';
import { type EventFilter, eventFilter } from './event-filter.ts';
import { listNow } from './list-now.ts';
import { renewCopy } from './open-copy.ts';
import {
  compareProjects,
  type KnownProjectTexts,
  type ListedProjects,
  listProjects,
} from './project-changes.ts';
import { nameOfAnswer, SeenAnswer } from './seen-answer.ts';
import { isSettled, NOTHING_KNOWN, type Snapshot, withOffered } from './snapshot.ts';
import { StoredSnapshot } from './stored-snapshot.ts';

export { freshTasks } from './fresh-tasks.ts';

/** Where a feed stores its position, and how it begins. */
export interface PollOptions extends CallOptions, EventFilter {
  store: RecordStore;
  /** The feed's key in the store, one per account and consumer, for example `user-1/ticktick/changes`. */
  key: string;
  /** What the first poll of a key returns: `emit` is `created` for every open task. Default: `skip`, which is nothing. */
  initial?: 'skip' | 'emit' | undefined;
  /** Whether to follow the tasks of archived projects, too. Default: false. */
  includeClosed?: boolean | undefined;
  /** Whether to report changes of projects, too, which takes one more request. Default: false. */
  projects?: boolean | undefined;
  /** Milliseconds from a poll to its acknowledgment; then another consumer may take over. Default: 60,000. */
  leaseTtlMs?: number | undefined;
  /**
   * Whether to take over what another consumer has begun, which then can't acknowledge it any more, instead of waiting. For callers
   * that ensure themselves that there is one consumer at a time. Default: false.
   */
  takesOver?: boolean | undefined;
}

export const POLL_OPTIONS: OwnOptions<PollOptions> = {
  store: 'object',
  key: 'string',
  initial: 'string',
  leaseTtlMs: 'number',
  takesOver: 'boolean',
  includeClosed: 'boolean',
  projects: 'boolean',
  projectIds: 'list',
  tags: 'list',
  only: 'list',
};

/** What happened since the last acknowledged poll. */
export interface ChangeBatch<Event extends FeedEvent = TaskChangeEvent> {
  events: Event[];
  /** Requests that the poll used of the account's limits. */
  requests: number;
  /**
   * Continues from here. Until then a new poll returns the same again, also after a crash. Without events there is nothing
   * to acknowledge. Throws {@link StoreError} `lease-lost` if it is called too late.
   */
  acknowledge(): Promise<void>;
  /**
   * Releases the lease without continuing, so that the next poll, which returns the same again, doesn't have to wait until it expires.
   * Does nothing once `acknowledge` has been called, unless that fails.
   */
  release(): void;
}

/** The small record, which also holds the lease. */
interface Position {
  /** Epoch milliseconds at which the last poll began. */
  at: number;
}

export function nothingNew(requests: number): ChangeBatch<never> {
  return { events: [], requests, acknowledge: async () => undefined, release: () => undefined };
}

/**
 * What happens again is another event, even if it leaves the same behind: a project that was out of reach and returns, or a name
 * that is changed there and back. A batch that is handed out again has the same ids.
 */
function inBatch(event: FeedEvent, batches: number): FeedEvent {
  return Object.assign(event, { id: `${event.id}/${batches}` });
}

/** A feed that begins to follow projects reports none of those that are there. */
function projectChanges(
  projects: ListedProjects | undefined,
  { initial }: PollOptions,
  before: Snapshot | undefined,
): { events: FeedEvent[]; known?: KnownProjectTexts | undefined } {
  if (projects === undefined) return { events: [], known: before?.projects };
  const { events, known } = compareProjects(projects, before?.projects ?? {}, before?.offeredProjects ?? {});
  const isFirst = before?.projects === undefined && !(before === undefined && initial === 'emit');
  return { events: isFirst ? [] : events, known };
}

/** Hands the batch out and keeps the lease until the batch is acknowledged or the lease expires. */
async function pollLeased(
  service: TickTickService,
  dialect: Dialect,
  options: PollOptions,
  lease: Lease<Position>,
  handOut: (batch: ChangeBatch<FeedEvent>) => void,
): Promise<void> {
  const { store, key, initial } = options;
  const startedAt = Date.now();
  const signal = AbortSignal.any([options.signal ?? lease.signal, lease.signal]);
  const skipped: Skipped[] = [];
  const call = onSkip(service.call({ ...options, signal }, POLL_OPTIONS), (each) => skipped.push(each));
  const seen = new SeenAnswer(store, key);
  await seen.read();
  // Throws for a filter that can't be, also where nothing is new.
  eventFilter(options, NOTHING_KNOWN);
  const { includeClosed } = options;
  const listed = await listNow(dialect, call, includeClosed);
  const leftOut = skipped.slice();
  const projects = options.projects ? await listProjects(call, skipped) : undefined;
  const answer = await nameOfAnswer(listed, [includeClosed ?? false, projects ?? null]);
  if (seen.isSame(answer)) {
    await lease.save({ at: startedAt });
    handOut(nothingNew(call.requests));
    return;
  }
  if (!includeClosed) await renewCopy(store, key, { at: startedAt, answer, tasks: listed, skipped: leftOut });
  const stored = new StoredSnapshot(store, key);
  const before = await stored.read();
  const since = lease.value?.at ?? startedAt;
  const isWanted = eventFilter(options, before ?? NOTHING_KNOWN);
  const found = dialect.hasProjects
    ? await collectChanges(call, before ?? NOTHING_KNOWN, listed, { since, skipped: leftOut, includeClosed })
    : await collectGatewayChanges(call, before, listed);
  const ofProjects = projectChanges(projects, options, before);
  const { batches = 0 } = before ?? NOTHING_KNOWN;
  const wanted = [...ofProjects.events, ...found.events].filter(isWanted);
  const events = wanted.map((event) => inBatch(event, batches));
  const snapshot: Snapshot = {
    ...found.snapshot,
    ...(ofProjects.known && { projects: ofProjects.known }),
    batches: events.length > 0 ? batches + 1 : batches,
  };
  const replace = async (next: Snapshot): Promise<void> => {
    signal.throwIfAborted();
    if (!stored.differsFrom(next)) return;
    await seen.forget();
    await stored.write(next);
  };
  const proceed = async (): Promise<void> => {
    await replace(snapshot);
    if (isSettled(snapshot, listed)) await seen.remember(answer);
    await lease.save({ at: startedAt });
  };
  const { requests } = call;
  if (events.length === 0 || (before === undefined && initial !== 'emit')) {
    await proceed();
    handOut(nothingNew(requests));
    return;
  }
  const created = events.flatMap(({ type, data }) => (type.endsWith('.created') ? [data.id] : []));
  if (created.length > 0) await replace(withOffered(before ?? NOTHING_KNOWN, snapshot, new Set(created)));
  signal.throwIfAborted();
  const { promise: released, resolve } = Promise.withResolvers<void>();
  let acknowledged: Promise<void> | undefined;
  let isReleased = false;
  const release = (): void => {
    isReleased = true;
    resolve();
  };
  // An acknowledgment under way comes first: it has perhaps written already.
  const end = (): void => {
    if (acknowledged === undefined) release();
    else void acknowledged.then(release, release);
  };
  const forget = (error: unknown): never => {
    acknowledged = undefined;
    throw error;
  };
  const continueFromHere = async (): Promise<void> => {
    signal.throwIfAborted();
    if (isReleased) throw new StoreError('lease-lost', 'This batch is released.');
    await proceed();
  };
  const acknowledge = (): Promise<void> => (acknowledged ??= continueFromHere().then(release, forget));
  signal.addEventListener('abort', end, { once: true });
  handOut({ events, requests, acknowledge, release: end });
  await released;
  // Where it stays, Node keeps the signal, and with it the batch, for good.
  signal.removeEventListener('abort', end);
}

/** One poll; undefined if `isTooEarly` says that none is needed yet. */
export function poll(
  service: TickTickService,
  dialect: Dialect,
  options: PollOptions,
  isTooEarly: (lastAt: number) => boolean = () => false,
): Promise<ChangeBatch<FeedEvent> | undefined> {
  const { signal } = service.call(options, POLL_OPTIONS);
  const { store, key, takesOver } = options;
  const ttlMs = options.leaseTtlMs ?? 60_000;
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
      { ttlMs, signal, takesOver, skipIf: early },
      work,
    ).then(() => resolve(undefined), reject);
  });
}
