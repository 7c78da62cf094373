import { type RecordStore, StoreError, TimeoutError } from '@context-sdk/oauth-core';
import { readLeased, withRenewedLease } from '@context-sdk/oauth-core/store-kit';
import type { Grant } from '../connections/connection.ts';
import { UserClients } from '../connections/user-clients.ts';
import { checkHeld } from '../records/held-lease.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import type { ChangeSource, SourceContext, UserContext } from './change-source.ts';
import { believable, isDoneElsewhere, timed } from './disputed-times.ts';
import { openOrPoll } from './open-or-poll.ts';
import { checkCurrent, closePushes, grantNow, isAnyUnanswered } from './open-pushes.ts';
import { GrantEnded } from './poll.ts';
import { isSyncState, stateFor, type SyncAttempt, type SyncRequest, type SyncState } from './sync-state.ts';

/** For so long others wait for a process that died. Renewed by one that lives. */
const LEASE_MS = 15_000;
/** Longer than a poll with all its events takes. */
const MAX_LEASE_MS = 80_000;
/** A sync ends before its lease does, so that it can still store what it knows. */
const DEADLINE_MS = 70_000;
/** Milliseconds that a disconnect waits for a sync that is under way, and how many more for the answer to what it asked for. */
const LEASE_WAIT_MS = 3_000;
const ANSWER_WAIT_MS = 4_000;
/** Milliseconds for closing a push that could not be stored. */
const CLOSE_MS = 10_000;

type Outcome = Omit<SyncAttempt, 'service'>;

const NOTHING: Outcome = { mode: 'none', did: 'nothing', events: 0 };
const HELD: Outcome = { ...NOTHING, isHeld: true };

/** Does what is due for one user and service: renews the push, or polls. Runs in one process at a time. */
export async function syncChanges(source: ChangeSource, request: SyncRequest): Promise<SyncAttempt> {
  const { context, signal } = request;
  const { service } = source;
  const { store } = context.options;
  const key = keys.syncState(context.clients.id, service);
  const stored = await readState(store, key);
  const skipIf = (await isSignedInAgain(source, request, stored))
    ? undefined
    : (state: SyncState | undefined) => skipped(state, request);
  const skip = skipIf?.(stored);
  if (skip !== undefined) return { service, ...skip };
  const isDone = async (state: SyncState | undefined): Promise<boolean> =>
    skipIf !== undefined && !isRetry(state, request) && (await isDoneElsewhere(context, service, state));
  if (await isDone(stored)) return { service, ...idle(stored) };
  const ifHeld = request.isImpatient ? () => HELD : undefined;
  const options = { ttlMs: LEASE_MS, maxMs: MAX_LEASE_MS, signal, skipIf, ifHeld };
  const outcome = await withRenewedLease<SyncState, Outcome>(store, key, options, async (lease) => {
    const grant = await grantNow(source, context);
    if (grant === undefined) {
      await lease.save(undefined);
      return NOTHING;
    }
    if (await isDone(lease.value)) return idle(lease.value);
    UserClients.readAgain(context.clients, source.provider);
    const timeout = deadline();
    const signals = [lease.signal, timeout.signal, ...(signal === undefined ? [] : [signal])];
    const userContext = { ...context, grant, signal: AbortSignal.any(signals), lease };
    try {
      return await syncUnderLease(source, userContext, lease.value, request, (state) => lease.save(state));
    } finally {
      timeout.clear();
    }
  });
  return { service, ...outcome };
}

async function syncUnderLease(
  source: ChangeSource,
  context: UserContext,
  stored: SyncState | undefined,
  request: SyncRequest,
  save: (state: SyncState | undefined) => Promise<void>,
): Promise<Outcome> {
  const state = stateFor(context.grant, stored && believable(stored));
  if (stored !== undefined && state.dueAt === undefined)
    await source.forgetPositions?.(context, context.clients.id);
  try {
    const step = await openOrPoll(source, context, state, request);
    await checkCurrent(source, context);
    await save(await timed(request, source.service, step.state, stored));
    return step.outcome;
  } catch (error) {
    const closing = { ...context, signal: AbortSignal.timeout(CLOSE_MS) };
    if (error instanceof StoreError && error.reason === 'lease-lost') throw error;
    if (error instanceof GrantEnded) {
      // Without a connection, no other process opens any.
      const { lease: _, ...unleased } = closing;
      const now = await grantNow(source, context);
      await closePushes(source, now ? closing : unleased, { canRetry: false }).catch(() => undefined);
      const { owner } = context.grant;
      // What the poll has stored since is nobody's: whoever ended the grant didn't see it.
      if (now?.owner !== owner) await source.forgetPositions?.(context, context.clients.id, owner);
      await save(undefined);
      return NOTHING;
    }
    // A push that was opened just now and could not be stored would be open without anyone to renew it.
    if (error instanceof StoreError)
      await closePushes(source, closing, { canRetry: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Closes all pushes of the user at the service, and deletes the state. Called while the user's tokens still work, and once the
 * connection is marked as ending: a sync that is under way then stores nothing more, so a dead one need not be waited for.
 * Returns whether the service has ended all pushes.
 */
export async function endChanges(
  source: ChangeSource,
  { signal, ...context }: Omit<UserContext, 'grant'>,
  grant: Grant,
): Promise<boolean> {
  const { store } = context.options;
  const key = keys.syncState(context.clients.id, source.service);
  const end = async (): Promise<boolean> => {
    try {
      return await closePushes(source, { ...context, grant, signal }, { canRetry: false, isRevoking: true });
    } finally {
      await source.forgetPositions?.(context, context.clients.id);
    }
  };
  // `undefined` if a sync was under way all the time.
  const endInTurn = async (waitMs: number): Promise<boolean | undefined> => {
    const waiting = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
    const options = { ttlMs: LEASE_MS, signal: waiting };
    try {
      return await withMendedLease<SyncState, boolean>(store, key, options, async (lease) => {
        try {
          return await end();
        } finally {
          await lease.save(undefined);
        }
      });
    } catch (error) {
      if (!waiting.aborted) throw error;
      return undefined;
    }
  };
  if (context.lease !== undefined) checkHeld(context.lease);
  let inTurn = await endInTurn(LEASE_WAIT_MS);
  if (inTurn === undefined && (await isAnyUnanswered(source, context)))
    inTurn = await endInTurn(ANSWER_WAIT_MS);
  if (inTurn !== undefined) return inTurn;
  const areEnded = await end();
  if (context.lease !== undefined) checkHeld(context.lease);
  await store.delete(key);
  return areEnded;
}

/** Nothing is known of the user's changes if the record is damaged: they begin anew. */
async function readState(
  store: SourceContext['options']['store'],
  key: string,
): Promise<SyncState | undefined> {
  try {
    return await readLeased(store, key, isSyncState);
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'corrupt') throw error;
    await store.delete(key);
    return undefined;
  }
}

function skipped(state: SyncState | undefined, request: SyncRequest): Outcome | undefined {
  if (state === undefined || !(dueAt(believable(state), request) > Date.now())) return undefined;
  return isRetry(state, request) ? undefined : idle(state);
}

/** Whether the host asks for what failed before. */
function isRetry(state: SyncState | undefined, { isRequested = false }: SyncRequest): boolean {
  return isRequested && state?.problem !== undefined;
}

function idle({ mode }: Pick<SyncState, 'mode'> = { mode: 'none' }): Outcome {
  return { mode, did: 'nothing', events: 0 };
}

/** When a service is due again for a user, in epoch milliseconds; undefined if nothing is known of it, or nothing can be read. */
export async function readSyncDueAt(
  store: RecordStore,
  key: string,
  request: Pick<SyncRequest, 'pollEveryMs'>,
): Promise<number | undefined> {
  const state = await readLeased(store, key, isSyncState).catch(() => undefined);
  return state && dueAt(believable(state), request);
}

function deadline(): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const timeout = (): void => {
    const error = new TimeoutError(`Looking for changes took longer than ${DEADLINE_MS} ms.`, {
      timeoutMs: DEADLINE_MS,
    });
    controller.abort(error);
  };
  const timer = setTimeout(timeout, DEADLINE_MS);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/** A shorter interval than that of the last poll brings the next one forward, unless that waits after a failure. */
function dueAt(
  { dueAt: scheduled, polledAt, everyMs = Number.POSITIVE_INFINITY, failures = 0, mode }: SyncState,
  { pollEveryMs }: Pick<SyncRequest, 'pollEveryMs'>,
): number {
  if (mode !== 'polling' || polledAt === undefined || pollEveryMs === undefined) return scheduled;
  return pollEveryMs < everyMs && failures === 0 ? Math.min(scheduled, polledAt + pollEveryMs) : scheduled;
}

/** After a failure that only the user could mend, a new sign-in is looked after at once. */
async function isSignedInAgain(
  source: ChangeSource,
  { context }: SyncRequest,
  state: SyncState | undefined,
): Promise<boolean> {
  if (state?.problem !== 'reauthorization_required') return false;
  const grant = await grantNow(source, context);
  return grant !== undefined && grant.id !== state.grant?.id;
}
