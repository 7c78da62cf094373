import { ContextSdkError, ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import { withLease } from '@context-sdk/oauth-core/store-kit';
import { keys } from '../records/keys.ts';
import type { ChangeService, ChangeSource, Emit, UserContext } from './change-source.ts';

/** Longer than a poll with all its events takes. */
const LEASE_MS = 120_000;
/** Milliseconds for closing a push that could not be stored. */
const CLOSE_MS = 10_000;
/** Delay after a failure that only the user can fix, or if a service offers no way to get its changes. */
const LONG_DELAY_MS = 3_600_000;

/** What was done about the changes of one service for one user. */
export interface SyncResult {
  service: ChangeService;
  mode: 'push' | 'polling' | 'none';
  did: 'opened' | 'renewed' | 'polled' | 'nothing';
  events: number;
  /** Why the push failed, if polling replaces it, or why nothing worked. */
  error?: ContextSdkError;
}

/** The stored state of one user's changes in one service. Also holds the lease. */
interface SyncState {
  mode: SyncResult['mode'];
  /** Epoch milliseconds. Nothing has to be done before then. */
  dueAt: number;
  /** The source's own data about its push. */
  push?: object;
  /** Where the next poll starts. */
  position?: object;
  /** Code of the error of the last attempt. */
  problem?: string;
}

/** Options for {@link syncChanges}. */
export interface SyncRequest {
  context: Omit<UserContext, 'signal'>;
  emit: Emit;
  /** Whether the host asked for this connection, rather than for everything that is due. Retries a refused push. */
  isRequested?: boolean | undefined;
  /** Milliseconds between polls. Default: the source's own. */
  pollEveryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

type Outcome = Omit<SyncResult, 'service'>;

interface Step {
  state: SyncState;
  outcome: Outcome;
}

/** Does what is due for one user and service: renews the push, or polls. Runs in one process at a time. */
export async function syncChanges(source: ChangeSource, request: SyncRequest): Promise<SyncResult> {
  const { context, signal } = request;
  const { service } = source;
  const skipIfNotDue = (state: SyncState | undefined): Outcome | undefined => {
    if (state === undefined || state.dueAt <= Date.now()) return undefined;
    if (request.isRequested && state.problem !== undefined) return undefined;
    return { mode: state.mode, did: 'nothing', events: 0 };
  };
  const outcome = await withLease<SyncState, Outcome>(
    context.options.store,
    keys.syncState(context.clients.id, service),
    { ttlMs: LEASE_MS, signal, skipIf: skipIfNotDue },
    async (lease) => {
      const either = signal === undefined ? lease.signal : AbortSignal.any([signal, lease.signal]);
      const userContext = { ...context, signal: either };
      const step = await openOrPoll(source, userContext, lease.value, request);
      try {
        await lease.save(step.state);
      } catch (error) {
        await closeUnrecorded(source, userContext, step);
        throw error;
      }
      return step.outcome;
    },
  );
  return { service, ...outcome };
}

/** A push that was opened just now and could not be stored would be open without anyone to end it. */
async function closeUnrecorded(
  source: ChangeSource,
  context: UserContext,
  { state, outcome }: Step,
): Promise<void> {
  if (outcome.mode !== 'push' || state.push === undefined) return;
  const signal = AbortSignal.timeout(CLOSE_MS);
  await source.close({ ...context, signal }, state.push).catch(() => undefined);
}

/** Closes the push and deletes the state. Called while the user's tokens still work. */
export async function endChanges(source: ChangeSource, { signal, ...context }: UserContext): Promise<void> {
  const key = keys.syncState(context.clients.id, source.service);
  const leaseOptions = { ttlMs: LEASE_MS, signal };
  await withLease<SyncState, void>(context.options.store, key, leaseOptions, async (lease) => {
    try {
      const { push } = lease.value ?? {};
      if (push !== undefined) await source.close({ ...context, signal: lease.signal }, push);
    } finally {
      await lease.save(undefined);
    }
  });
}

async function openOrPoll(
  source: ChangeSource,
  context: UserContext,
  previous: SyncState | undefined,
  request: SyncRequest,
): Promise<Step> {
  const { options, signal } = context;
  let pushError: ContextSdkError | undefined;
  if (options.push && source.canPush(options)) {
    try {
      return await openPush(source, context, previous);
    } catch (error) {
      pushError = reportableError(error, signal);
    }
  }
  const { problem: _, ...rest } = previous ?? {};
  const state = { ...rest, ...(pushError && { problem: pushError.code }) };
  if (source.canPoll(options)) return await pollOnce(source, context, state, pushError, request);
  return {
    state: { ...state, mode: 'none', dueAt: Date.now() + LONG_DELAY_MS },
    outcome: { mode: 'none', did: 'nothing', events: 0, ...(pushError && { error: pushError }) },
  };
}

async function openPush(
  source: ChangeSource,
  context: UserContext,
  previous: SyncState | undefined,
): Promise<Step> {
  const { push, renewAt } = await source.open(context, previous?.push);
  const did = previous?.push === undefined ? 'opened' : 'renewed';
  return { state: { mode: 'push', dueAt: renewAt, push }, outcome: { mode: 'push', did, events: 0 } };
}

async function pollOnce(
  source: ChangeSource,
  context: UserContext,
  previous: Partial<SyncState>,
  pushError: ContextSdkError | undefined,
  { emit, pollEveryMs = source.pollEveryMs }: SyncRequest,
): Promise<Step> {
  const mode = 'polling';
  let events = 0;
  const emitAndCount: Emit = async (event) => {
    await emit(event);
    events += 1;
  };
  try {
    const position = await source.poll(context, previous.position, emitAndCount);
    return {
      state: { ...previous, mode, dueAt: Date.now() + pollEveryMs, position },
      outcome: { mode, did: 'polled', events, ...(pushError && { error: pushError }) },
    };
  } catch (thrown) {
    const error = reportableError(thrown, context.signal);
    const delayMs = error instanceof ReauthorizationRequiredError ? LONG_DELAY_MS : pollEveryMs;
    return {
      state: { ...previous, mode, dueAt: Date.now() + delayMs, problem: error.code },
      outcome: { mode, did: 'nothing', events, error },
    };
  }
}

/** The SDK's errors go into the result. An abort, or an error of the host's own handler, is thrown. */
function reportableError(error: unknown, signal: AbortSignal): ContextSdkError {
  signal.throwIfAborted();
  if (error instanceof ContextSdkError) return error;
  throw error;
}
