import { withLease } from '@context-sdk/oauth-core/store-kit';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { keys } from '../records/keys.ts';
import type { ChangeSource } from './change-source.ts';
import { isSyncState, type SyncState } from './sync-state.ts';
import type { RouteTarget } from './webhook-routing.ts';

const LEASE_MS = 5_000;
/** A delivery waits this long for a sync that is under way. */
const WAIT_MS = 5_000;

/**
 * Has maintenance poll at once. Rejects if a sync is under way for longer than a delivery may wait: it may have read before the
 * change, so that the service has to deliver again.
 */
export async function bringPollForward(
  { store, jobs }: Pick<ResolvedOptions, 'store' | 'jobs'>,
  { service, provider }: Pick<ChangeSource, 'service' | 'provider'>,
  { userId, owner }: RouteTarget,
): Promise<void> {
  const options = { ttlMs: LEASE_MS, signal: AbortSignal.timeout(WAIT_MS) };
  await withLease<SyncState, void>(store, keys.syncState(userId, service), options, async (lease) => {
    const state = lease.value;
    if (state === undefined || !isSyncState(state) || state.grant.owner !== owner) return;
    // What other machines' clocks say of the next poll counts no more.
    const { disputed: _, ...rest } = state;
    await lease.save({ ...rest, dueAt: 0, pollAt: 0 });
  });
  await jobs.plan(keys.connection(userId, provider), Date.now());
}
