import { type ContextSdkError, ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import { UserClients } from '../connections/user-clients.ts';
import {
  type ChangeSource,
  MINUTE_MS,
  type OpenPush,
  type PartFailure,
  type UserContext,
} from './change-source.ts';
import { closePushes, pushRecorder } from './open-pushes.ts';
import { nextPoll } from './poll-interval.ts';
import { GrantEnded, poll, reportable } from './poll.ts';
import type { SyncRequest, SyncResult, SyncState } from './sync-state.ts';

const HOUR_MS = 3_600_000;
/** Until a poll goes on that there was no time for. */
const GO_ON_MS = MINUTE_MS;

/** What was done, and the state to store. */
export interface Step {
  state: SyncState;
  outcome: Omit<SyncResult, 'service'>;
}

type PollOptions = Pick<
  SyncRequest,
  'emit' | 'pollEveryMs' | 'slowPollEveryMs' | 'maxPollEveryMs' | 'isImpatient' | 'isTrial'
>;

/** Opens or renews the push if it is due, and polls if that is due: often without a push, and as a net beside one. */
export async function openOrPoll(
  source: ChangeSource,
  context: UserContext,
  previous: Partial<SyncState>,
  options: PollOptions,
): Promise<Step> {
  const failed = new Map<string | undefined, PartFailure>();
  const onPartFailed = (failure: PartFailure): void => void failed.set(failure.calendarId, failure);
  const { push, ...rest } = previous;
  const known = source.isPush(push) ? previous : rest;
  const { state, outcome } = await pushOrPoll(source, { ...context, onPartFailed }, known, options);
  const partFailures = [...failed.values()];
  return { state, outcome: { ...outcome, ...(partFailures.length > 0 && { partFailures }) } };
}

async function pushOrPoll(
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
        ? await followPosition(source, context, opened, options)
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
  if (push !== undefined && renewAt > Date.now() && !isOutdated(source, previous))
    return { did: 'nothing', push, renewAt, previous };
  try {
    const record = pushRecorder(context, source);
    const { ids, ...opened } = await source.open(context, { push, position }, record);
    // What can't be stopped stays recorded until the next renewal.
    await closePushes(source, context, { exceptIds: ids, canRetry: true }).catch(() => undefined);
    return { ...opened, did: push === undefined ? 'opened' : 'renewed', previous };
  } catch (error) {
    if (!(error instanceof GrantEnded))
      await closePushes(source, context, { canRetry: true }).catch(() => undefined);
    throw error;
  }
}

function isOutdated(source: ChangeSource, { push, position }: Partial<SyncState>): boolean {
  return push !== undefined && position !== undefined && (source.isOutdated?.(push, position) ?? false);
}

function withoutPoll({ did, push, renewAt }: Opened, grant: UserContext['grant']): Step {
  return {
    state: { grant, mode: 'push', dueAt: renewAt, renewAt, push },
    outcome: { mode: 'push', did, events: 0 },
  };
}

/** Polls, and where that finds something else to follow, opens a push of it, whose gap another poll closes. */
async function followPosition(
  source: ChangeSource,
  context: UserContext,
  opened: Opened,
  options: PollOptions,
): Promise<Step> {
  const first = await pollBeside(source, context, opened, options);
  if (!isOutdated(source, first.state)) return first;
  const renewed = await openIfDue(source, context, first.state);
  const { state, outcome } = await pollBeside(source, context, renewed, options);
  const did = opened.did === 'opened' ? 'opened' : outcome.did;
  return { state, outcome: { ...outcome, did, events: first.outcome.events + outcome.events } };
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
  const isPartial = polled.position !== undefined && source.isPartial?.(polled.position);
  const nextPollAt = Date.now() + (isPartial ? Math.min(GO_ON_MS, slowPollEveryMs) : slowPollEveryMs);
  const isPolled = did === 'nothing' && polled.position !== undefined;
  const kept = polled.position ?? position;
  return {
    state: {
      ...open,
      dueAt: isOutdated(source, { push, ...(kept && { position: kept }) })
        ? Date.now()
        : Math.min(renewAt, nextPollAt),
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
  { emit, pollEveryMs = source.pollEveryMs, maxPollEveryMs, isImpatient, isTrial = false }: PollOptions,
): Promise<Step> {
  const { grant } = context;
  const mode = 'polling';
  const polledAt = Date.now();
  const startedAt = performance.now();
  const polling = pollingContext(context, isImpatient);
  const { position, error, events } = await poll(source, polling, previous.position, emit);
  const shown = error ?? pushError;
  const tookMs = performance.now() - startedAt;
  const facts = { everyMs: pollEveryMs, maxEveryMs: maxPollEveryMs, events, error, tookMs, isTrial };
  const { delayMs, remembered } = nextPoll(history, facts);
  const isPartial = position !== undefined && source.isPartial?.(position);
  return {
    state: {
      ...previous,
      ...remembered,
      grant,
      mode,
      dueAt: Math.round(Date.now() + (isPartial ? Math.min(GO_ON_MS, delayMs) : delayMs)),
      everyMs: pollEveryMs,
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
