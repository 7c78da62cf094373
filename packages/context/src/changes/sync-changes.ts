import { ContextSdkError, ReauthorizationRequiredError, withLease } from '@context-sdk/oauth-core';
import { keys } from '../records/keys.ts';
import type { Emit, Feed, FeedParts } from './sources/change-source.ts';
import type { FeedState } from './sync-state.ts';

/** Longer than a poll with all its events takes. */
const LEASE_MS = 120_000;
/** After a failure that only the user can mend, or where a service does not let itself be subscribed to. */
const LATER_MS = 3_600_000;

/** What was done for one user and service. */
export interface Followed {
  mode: FeedState['mode'];
  did: 'opened' | 'renewed' | 'polled' | 'nothing';
  events: number;
  /** The push failed, and polling stands in; or all of it did. */
  error?: ContextSdkError;
}

interface FollowOptions {
  parts: Omit<FeedParts, 'signal'>;
  emit: Emit;
  /** Whether deliveries can reach the host. */
  canReach: boolean;
  /** Whether the host asks for this very connection, and not for whatever is due. */
  isAskedFor?: boolean | undefined;
  /** Milliseconds between polls, instead of the feed's own. */
  pollEveryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

const NOTHING_DUE: Followed = { mode: 'none', did: 'nothing', events: 0 };

/** Does what is due for one user and service, in one process at a time: renews a push, or polls. */
export async function follow(feed: Feed, options: FollowOptions): Promise<Followed> {
  const { parts, signal } = options;
  const key = keys.feed(parts.userId, feed.service);
  const notDue = (state: FeedState | undefined): Followed | undefined => {
    if (state === undefined || state.dueAt <= Date.now()) return undefined;
    // Asked for by name, a push that was refused before is tried again.
    if (options.isAskedFor && state.problem !== undefined) return undefined;
    return { ...NOTHING_DUE, mode: state.mode };
  };
  const leaseOptions = { ttlMs: LEASE_MS, signal, skipIf: notDue };
  return await withLease<FeedState, Followed>(parts.setup.store, key, leaseOptions, async (lease) => {
    const either = signal === undefined ? lease.signal : AbortSignal.any([signal, lease.signal]);
    const { state, followed } = await step(feed, { ...parts, signal: either }, lease.value, options);
    await lease.save(state);
    return followed;
  });
}

interface Step {
  state: FeedState;
  followed: Followed;
}

async function step(
  feed: Feed,
  parts: FeedParts,
  before: FeedState | undefined,
  options: FollowOptions,
): Promise<Step> {
  const { setup } = parts;
  let refusal: ContextSdkError | undefined;
  if (feed.canPush(setup) && options.canReach) {
    try {
      const { push, renewAt } = await feed.open(parts, before?.push);
      const did = before?.push === undefined ? 'opened' : 'renewed';
      return { state: { mode: 'push', dueAt: renewAt, push }, followed: { mode: 'push', did, events: 0 } };
    } catch (error) {
      refusal = passing(error, parts.signal);
    }
  }
  const { problem: _, ...rest } = before ?? {};
  const kept = { ...rest, ...(refusal && { problem: refusal.code }) };
  const errors = refusal && { error: refusal };
  if (!feed.canPoll(setup)) {
    const state: FeedState = { ...kept, mode: 'none', dueAt: Date.now() + LATER_MS };
    return { state, followed: { mode: 'none', did: 'nothing', events: 0, ...errors } };
  }
  return await pollOnce(feed, parts, kept, { ...options, errors });
}

async function pollOnce(
  feed: Feed,
  parts: FeedParts,
  before: Partial<FeedState>,
  {
    emit,
    pollEveryMs = feed.pollEveryMs,
    errors,
  }: FollowOptions & { errors: { error: ContextSdkError } | undefined },
): Promise<Step> {
  let events = 0;
  const counted: Emit = async (event) => {
    await emit(event);
    events += 1;
  };
  try {
    const position = await feed.poll(parts, before.position, counted);
    const state: FeedState = { ...before, mode: 'polling', dueAt: Date.now() + pollEveryMs, position };
    return { state, followed: { mode: 'polling', did: 'polled', events, ...errors } };
  } catch (thrown) {
    const error = passing(thrown, parts.signal);
    const wait = error instanceof ReauthorizationRequiredError ? LATER_MS : pollEveryMs;
    const state: FeedState = { ...before, mode: 'polling', dueAt: Date.now() + wait, problem: error.code };
    return { state, followed: { mode: 'polling', did: 'nothing', events, error } };
  }
}

/** An error of the SDK's, to be told beside the rest; an abort, and what the host throws, end the step. */
function passing(error: unknown, signal: AbortSignal): ContextSdkError {
  signal.throwIfAborted();
  if (error instanceof ContextSdkError) return error;
  throw error;
}

/** Ends the push while the user's tokens still work, and forgets where polling was. */
export async function unfollow(feed: Feed, { signal, ...parts }: FeedParts): Promise<void> {
  const { store } = parts.setup;
  await withLease<FeedState, void>(
    store,
    keys.feed(parts.userId, feed.service),
    { ttlMs: LEASE_MS, signal },
    async (lease) => {
      try {
        if (lease.value?.push !== undefined)
          await feed.close({ ...parts, signal: lease.signal }, lease.value.push);
      } finally {
        await lease.save(undefined);
      }
    },
  );
}
