import {
  ContextSdkError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
  TimeoutError,
} from '@context-sdk/oauth-core';
import { UserClients } from '../connections/user-clients.ts';
import type { ChangeSource, Emit, OpenPush, UserContext } from './change-source.ts';
import { closePushes, pushRecorder } from './open-pushes.ts';
import { nextPoll } from './poll-interval.ts';
import type { SyncRequest, SyncResult, SyncState } from './sync-state.ts';

const HOUR_MS = 3_600_000;

/** What was done, and the state to store. */
export interface Step {
  state: SyncState;
  outcome: Omit<SyncResult, 'service'>;
}

type PollOptions = Pick<
  SyncRequest,
  'emit' | 'pollEveryMs' | 'slowPollEveryMs' | 'maxPollEveryMs' | 'isImpatient'
>;

/** The user has disconnected, or connected another account, while a sync was under way. */
export class GrantEnded extends Error {}

/** Opens or renews the push if it is due, and polls if that is due: often without a push, and as a net beside one. */
export async function openOrPoll(
  source: ChangeSource,
  context: UserContext,
  previous: Partial<SyncState>,
  options: PollOptions,
): Promise<Step> {
  const { grant, signal } = context;
  const canPoll = source.canPoll(context.options);
  let pushError: ContextSdkError | undefined;
  const isReachable = source.canReach?.(context.options) ?? context.options.push;
  if (isReachable && source.canPush(context.options)) {
    try {
      const opened = await openIfDue(source, context, previous);
      return canPoll && !source.pushesAll
        ? await pollBeside(source, context, opened, options)
        : withoutPoll(opened, grant);
    } catch (error) {
      pushError = reportable(error, signal);
    }
  }
  const { problem: _, push: __, renewAt: ___, polledAt: ____, failures, changedAt, ...rest } = previous;
  const state = { ...rest, ...(pushError && { problem: pushError.code }) };
  if (canPoll) return await pollOnly(source, context, { state, failures, changedAt }, pushError, options);
  return {
    state: { ...state, grant, mode: 'none', dueAt: Date.now() + HOUR_MS },
    outcome: { mode: 'none', did: 'nothing', events: 0, ...(pushError && { error: pushError }) },
  };
}

/** An open push, and whether it was opened just now. */
interface Opened extends OpenPush<object> {
  did: 'opened' | 'renewed' | 'nothing';
  previous: Partial<SyncState>;
}

async function openIfDue(
  source: ChangeSource,
  context: UserContext,
  previous: Partial<SyncState>,
): Promise<Opened> {
  const { push, renewAt = 0, position } = previous;
  const isOutdated = push !== undefined && position !== undefined && source.isOutdated?.(push, position);
  if (push !== undefined && renewAt > Date.now() && !isOutdated)
    return { did: 'nothing', push, renewAt, previous };
  try {
    const opened = await source.open(context, push, pushRecorder(context, source));
    // What can't be stopped stays recorded until the next renewal.
    await closePushes(source, context, { exceptId: opened.id, canRetry: true }).catch(() => undefined);
    return { ...opened, did: push === undefined ? 'opened' : 'renewed', previous };
  } catch (error) {
    await closePushes(source, context, { canRetry: true }).catch(() => undefined);
    throw error;
  }
}

function withoutPoll({ did, push, renewAt }: Opened, grant: UserContext['grant']): Step {
  return {
    state: { grant, mode: 'push', dueAt: renewAt, renewAt, push },
    outcome: { mode: 'push', did, events: 0 },
  };
}

/** Finds changes whose push was lost. The position is kept from the start. */
async function pollBeside(
  source: ChangeSource,
  context: UserContext,
  { did, push, renewAt, previous }: Opened,
  { emit, slowPollEveryMs = HOUR_MS, isImpatient }: PollOptions,
): Promise<Step> {
  const { grant } = context;
  const mode = 'push';
  const { position, pollAt = 0 } = previous;
  const open = { grant, mode, push, renewAt } as const;
  // A renewed push may be of other calendars than the position.
  const isDue = did !== 'nothing' || pollAt <= Date.now();
  if (!isDue) {
    const state = { ...open, dueAt: Math.min(renewAt, pollAt), pollAt, ...(position && { position }) };
    return { state, outcome: { mode, did, events: 0 } };
  }
  const polled = await poll(source, pollingContext(context, isImpatient), position, emit, push);
  const nextPollAt = Date.now() + slowPollEveryMs;
  const isPolled = did === 'nothing' && polled.position !== undefined;
  const kept = polled.position ?? position;
  const isOutdated = polled.position !== undefined && source.isOutdated?.(push, polled.position) === true;
  return {
    state: {
      ...open,
      dueAt: isOutdated ? Date.now() : Math.min(renewAt, nextPollAt),
      pollAt: nextPollAt,
      ...(kept && { position: kept }),
      ...(polled.error && { problem: polled.error.code }),
    },
    outcome: {
      mode,
      did: isPolled ? 'polled' : did,
      events: polled.events,
      ...(polled.error && { error: polled.error }),
    },
  };
}

async function pollOnly(
  source: ChangeSource,
  context: UserContext,
  { state: previous, ...history }: { state: Partial<SyncState> } & Pick<SyncState, 'failures' | 'changedAt'>,
  pushError: ContextSdkError | undefined,
  { emit, pollEveryMs = source.pollEveryMs, maxPollEveryMs, isImpatient }: PollOptions,
): Promise<Step> {
  const { grant } = context;
  const mode = 'polling';
  const polledAt = Date.now();
  const polling = pollingContext(context, isImpatient);
  const { position, error, events } = await poll(source, polling, previous.position, emit);
  const shown = error ?? pushError;
  const facts = { everyMs: pollEveryMs, maxEveryMs: maxPollEveryMs, events, error };
  const { delayMs, remembered } = nextPoll(history, facts);
  return {
    state: {
      ...previous,
      ...remembered,
      grant,
      mode,
      dueAt: Date.now() + delayMs,
      // After a failure that only the user can mend, no interval brings the next poll forward.
      ...(!(error instanceof ReauthorizationRequiredError) && { polledAt }),
      ...(position && { position }),
      ...(shown && { problem: shown.code }),
    },
    outcome: {
      mode,
      did: position === undefined ? 'nothing' : 'polled',
      events,
      ...(shown && { error: shown }),
    },
  };
}

/** A poll's retry is the next poll. */
function pollingContext(context: UserContext, isImpatient = false): UserContext {
  return isImpatient ? { ...context, clients: UserClients.once(context.clients) } : context;
}

interface Polled {
  /** Where the next poll starts. Absent if it starts where this one did. */
  position?: object;
  events: number;
  error?: ContextSdkError;
}

/** Tells all changes, whatever the host does with single ones. */
async function poll(
  source: ChangeSource,
  context: UserContext,
  position: object | undefined,
  emit: Emit,
  push?: object,
): Promise<Polled> {
  let events = 0;
  let unhandled: ContextSdkError | undefined;
  const emitAndCount: Emit = async (outgoing) => {
    const outcome = await emit(outgoing);
    if (outcome.state === 'gone') throw new GrantEnded();
    if (outcome.state === 'busy')
      throw new ServiceUnavailableError('The event is being handled by another delivery.');
    if (outcome.state === 'handled') events += 1;
    else unhandled = notHandled();
    if (outcome.state === 'failed') throw notHandled();
    return outcome;
  };
  try {
    const next = await source.poll(context, position, emitAndCount, push);
    return { position: next, events, ...(unhandled && { error: unhandled }) };
  } catch (thrown) {
    return { events, error: reportable(thrown, context.signal) };
  }
}

/** An error of the host's own handler may contain anything, so it is not reported. */
function notHandled(): ContextSdkError {
  return new ContextSdkError(
    'event_not_handled',
    'The host did not handle an event; it is redelivered.',
    true,
  );
}

/** The SDK's errors go into the result. Anything else is thrown. */
function reportable(error: unknown, signal: AbortSignal): ContextSdkError {
  if (signal.reason instanceof TimeoutError) return signal.reason;
  signal.throwIfAborted();
  if (error instanceof ContextSdkError) return error;
  throw error;
}
