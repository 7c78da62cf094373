import { readLeased } from '@context-sdk/oauth-core/store-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { keys } from '../records/keys.ts';
import type { Grant } from './connection.ts';
import { grantOf, SHARED_GRANT } from './grant.ts';
import { readConnection } from './read-connection.ts';

/** A change of accounts takes less. One that crashed is over after this, and the connection works again. */
const ENDING_MS = 5 * 60_000;

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
    const endingMs = Date.now() - (record.endingAt ?? Number.NEGATIVE_INFINITY);
    return endingMs >= 0 && endingMs < ENDING_MS ? undefined : grantOf(record);
  }
  const isShared = provider === 'azure-devops' && providers.azureDevOps?.shared === true;
  if (!isShared || (await hasOwnConnection(store, userId, provider))) return undefined;
  return SHARED_GRANT;
}

/** Whether the user connected an account of their own and has not disconnected it, even if its record is lost. */
export async function hasOwnConnection(
  store: ResolvedOptions['store'],
  userId: string,
  provider: ProviderId,
): Promise<boolean> {
  return (await readLeased(store, keys.ownConnection(userId, provider))) !== undefined;
}
