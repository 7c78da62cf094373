import { CLOCK_TOLERANCE_MS, reportClockSkew } from '@context-sdk/oauth-core/client-kit';
import { keys } from '../records/keys.ts';
import { beginPause, readPause } from '../records/pauses.ts';
import type { SourceContext } from './change-source.ts';
import type { SyncRequest, SyncState } from './sync-state.ts';

/** Polls after which clocks that differed are taken to agree again. */
const DISPUTED_SAVES = 100;

/** By how many milliseconds the machine that wrote the state is ahead of this one, beyond what clocks may differ; else 0. */
function aheadMs({ savedAt = 0 }: Partial<SyncState>): number {
  const ms = savedAt - Date.now();
  return ms > CLOCK_TOLERANCE_MS ? ms : 0;
}

/** The state without times that can't be right: what they say is due at once, so that no clock stops a poll. */
export function believable(state: SyncState): SyncState {
  if (aheadMs(state) === 0) return state;
  const { polledAt: _, ...rest } = state;
  return {
    ...rest,
    dueAt: 0,
    ...(state.renewAt !== undefined && { renewAt: 0 }),
    ...(state.pollAt !== undefined && { pollAt: 0 }),
  };
}

/** The state to store in place of `before`. Once machines have disagreed, its pause goes by the store's clock, too. */
export async function timed(
  { context }: SyncRequest,
  service: string,
  state: SyncState,
  before: SyncState | undefined,
): Promise<SyncState> {
  const { options, clients } = context;
  const behindMs = before === undefined ? 0 : aheadMs(before);
  if (behindMs > 0) {
    reportClockSkew(options.requests.hooks, { witness: 'store', name: service, behindMs });
  }
  const disputed = behindMs > 0 ? DISPUTED_SAVES : (before?.disputed ?? 0) - 1;
  const savedAt = Date.now();
  const { disputed: _, ...rest } = state;
  if (disputed <= 0) return { ...rest, savedAt };
  await beginPause(options.store, pauseKey(clients.id, service), state.dueAt - savedAt);
  return { ...rest, savedAt, disputed };
}

/** Written in place of the pause of a writer whose clock is ahead: the rest of it goes by the clock of whoever saw it first. */
const SEEN = JSON.stringify({ isSeen: true });

/**
 * Whether another machine has done just now what is due by this machine's clock. The pause of a writer whose clock is ahead
 * begins anew when it is seen, since a store may count by its writers' clocks; the record says so, because processes may live shorter than a pause.
 */
export async function isDoneElsewhere(
  { options, clients }: SourceContext & { clients: { id: string } },
  service: string,
  state: SyncState | undefined,
): Promise<boolean> {
  if (state?.disputed === undefined) return false;
  const { store } = options;
  const key = pauseKey(clients.id, service);
  const pause = await readPause(store, key);
  if (pause === undefined) return false;
  if (aheadMs(state) === 0 || pause.value === SEEN) return true;
  const ttlMs = state.dueAt - (state.savedAt ?? 0);
  if (ttlMs <= 0) return false;
  await store.compareAndSet(key, pause.version, SEEN, { ttlMs: Math.ceil(ttlMs) });
  return true;
}

function pauseKey(userId: string, service: string): string {
  return keys.pause(userId, service);
}
