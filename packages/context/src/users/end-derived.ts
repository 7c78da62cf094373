import { StoreError } from '@context-sdk/oauth-core';
import type { ChangeSubscriptions } from '../changes/change-subscriptions.ts';
import type { Grant } from '../connections/connection.ts';
import type { UserClients } from '../connections/user-clients.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { ChangeService } from '../options/provider-of-service.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { forgetHandles } from '../records/handle-record.ts';
import { checkHeld, type LeaseTime } from '../records/held-lease.ts';
import { isUnreadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import {
  deleteBlockRecords,
  deleteLinkRecords,
  deleteTaskApprovals,
  deleteWorkItemRecords,
} from './derived-records.ts';

interface Parts {
  options: Pick<ResolvedOptions, 'store'>;
  subscriptions: ChangeSubscriptions;
  clients: UserClients;
}

/**
 * Ends deliveries, and deletes all that was derived from a grant. What is in the services stays. Returns the services that may still
 * deliver. Throws {@link StoreError} once the lease has expired.
 */
export async function endDerived(
  { options: { store }, subscriptions, clients }: Parts,
  provider: ProviderId,
  grant: Grant,
  lease: LeaseTime,
): Promise<ChangeService[]> {
  const { id: userId } = clients;
  const openPushes = await subscriptions.end(clients, provider, grant, lease);
  checkHeld(lease);
  await deleteLinkRecords(store, provider, grant.owner, userId);
  await deleteUnder(store, keys.toolActionsAt(userId, provider));
  await deleteUnder(store, keys.toolApprovalsAt(userId, provider));
  await forgetHandles(store, keys.toolHandles(userId, provider));
  // A plan has the tasks of one provider in the calendar of the other.
  if (provider !== 'azure-devops') await deleteUnder(store, keys.toolPlansAt(userId, 'google'));
  if (provider === 'ticktick') await deleteTaskApprovals(store, userId);
  if (provider === 'google') {
    await deleteBlockRecords(store, grant.owner, userId);
    await deleteUnder(store, keys.drafts(userId));
  }
  if (provider !== 'azure-devops') return openPushes;
  // Without an organization there are no items. A store that fails for a moment doesn't say that there is none.
  const client = await clients.azureDevOps().catch((error: unknown) => {
    if (error instanceof StoreError && !isUnreadable(error)) throw error;
    return undefined;
  });
  if (client !== undefined) await deleteWorkItemRecords(store, client.organizationUrl, userId);
  return openPushes;
}
