import { readLeased } from '@context-sdk/oauth-core/store-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { keys } from '../records/keys.ts';
import { beginPause, isPaused } from '../records/pauses.ts';
import type { Grant } from './connection.ts';
import { grantOf, SHARED_GRANT } from './grant.ts';
import { readConnection } from './read-connection.ts';

/** A change of accounts takes less. One that crashed is over after this, and the connection works again. */
const ENDING_MS = 5 * 60_000;

const endingKey = (userId: string, provider: ProviderId): string => keys.pause(userId, `ending-${provider}`);

/** Stops telling the changes of a connection whose record has its `endingAt`, until that has another grant. */
export async function beginEnding(
  store: ResolvedOptions['store'],
  userId: string,
  provider: ProviderId,
): Promise<void> {
  await beginPause(store, endingKey(userId, provider), ENDING_MS);
}

/**
 * The grant whose changes a user is told, as the store has it now. `undefined` without a connection, and while one is being
 * ended or replaced. Throws {@link StoreError} if the connection's record can't be read.
 */
export async function currentGrant(
  { store, providers }: Pick<ResolvedOptions, 'store' | 'providers'>,
  userId: string,
  provider: ProviderId,
): Promise<Grant | undefined> {
  const record = await readConnection(store, keys.connection(userId, provider));
  if (record !== undefined) {
    if (record.isDisconnecting || record.isIncomplete) return undefined;
    const isEnding = record.endingAt !== undefined && (await isPaused(store, endingKey(userId, provider)));
    return isEnding ? undefined : grantOf(record);
  }
  const isShared = provider === 'azure-devops' && providers.azureDevOps?.shared === true;
  if (!isShared || (await hasOwnConnection(store, userId, provider))) return undefined;
  return SHARED_GRANT;
}

/** To be called once the change of accounts is over, or the connection has ended. */
export async function endEnding(
  store: ResolvedOptions['store'],
  userId: string,
  provider: ProviderId,
): Promise<void> {
  await store.delete(endingKey(userId, provider));
}

/** Whether the user connected an account of their own and has not disconnected it, even if its record is lost. */
export async function hasOwnConnection(
  store: ResolvedOptions['store'],
  userId: string,
  provider: ProviderId,
): Promise<boolean> {
  return (await readLeased(store, keys.ownConnection(userId, provider))) !== undefined;
}
