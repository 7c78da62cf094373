import { ReauthorizationRequiredError, type StoreError } from '@context-sdk/oauth-core';
import { currentGrant } from '../connections/current-grant.ts';
import type { UserClients } from '../connections/user-clients.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { isUnreadable } from '../records/json-record.ts';

/** The accounts that a user has connected now: {@link Grant.owner}. */
export interface LinkOwners {
  ticktick: string;
  google: string | undefined;
  azureDevOps: string | undefined;
}

/** The accounts, and of which connection the record can't be read, and why. */
export interface OwnersNow {
  owners: LinkOwners;
  unreadable: ReadonlyMap<ProviderId, StoreError>;
}

/** Reads the accounts. Throws {@link ReauthorizationRequiredError} without one at TickTick. */
export async function readOwners(options: ResolvedOptions, { id }: UserClients): Promise<OwnersNow> {
  const unreadable = new Map<ProviderId, StoreError>();
  const ownerAt = async (provider: ProviderId): Promise<string | undefined> =>
    (await currentGrant(options, id, provider))?.owner;
  const ownerIfReadable = async (provider: ProviderId): Promise<string | undefined> => {
    try {
      return await ownerAt(provider);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      unreadable.set(provider, error);
      return undefined;
    }
  };
  const ticktick = await ownerAt('ticktick');
  if (ticktick === undefined)
    throw new ReauthorizationRequiredError('never-connected', { service: 'ticktick' });
  const { google, azureDevOps } = options.providers;
  const owners = {
    ticktick,
    google: google && (await ownerIfReadable('google')),
    azureDevOps: azureDevOps && (await ownerIfReadable('azure-devops')),
  };
  return { owners, unreadable };
}
