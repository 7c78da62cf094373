import { wiql, type WorkItem } from '@context-sdk/ado-client';
import { randomToken } from '../../utils/text.ts';
import { type ChangeSource, DAY_MS } from '../change-source.ts';
import type { ContextEvent } from '../context-event.ts';
import { type ServiceHooks, serviceHooksWebhook, subscribe, unsubscribe } from './service-hooks.ts';

interface WorkItemPosition {
  /** The latest `System.ChangedDate` so far. */
  changedAt: string;
}

/**
 * Work items. Service hooks belong to the user, who needs the permission to create them. A random user name identifies
 * their deliveries, because it is known before Azure DevOps responds. A subscription's id is not.
 */
export const workItemSource: ChangeSource<ServiceHooks, WorkItemPosition> = {
  service: 'azure-devops',
  provider: 'azure-devops',
  webhook: serviceHooksWebhook,
  // Queries cost more than other requests, and Azure DevOps limits by load.
  pollEveryMs: 5 * 60_000,
  canPush: () => true,
  canPoll: () => true,

  async open(context, previous) {
    const { username, password } = previous ?? { username: randomToken(), password: randomToken() };
    const hooks: ServiceHooks = { username, password, subscriptionIds: [] };
    await context.routing.addHook(username, { userId: context.clients.id, password });
    try {
      // Also re-enables hooks that Azure DevOps has disabled since.
      await subscribe(context, hooks);
      return { push: hooks, renewAt: Date.now() + DAY_MS };
    } catch (error) {
      if (previous === undefined) await unsubscribe(context, hooks).catch(() => undefined);
      throw error;
    }
  },

  close: unsubscribe,

  async poll({ options, clients, signal }, position, emit) {
    const client = await clients.azureDevOps();
    const since = position && new Date(position.changedAt);
    const query = changesSince(since, options.providers.azureDevOps?.project);
    // The first poll only looks for the latest change.
    const queryOptions = { signal, ...(since === undefined && { top: 1 }) };
    const items = await client.workItems.query(query, queryOptions).toArray();
    let changedAt = position?.changedAt ?? new Date(0).toISOString();
    for (const item of items) {
      const itemChangedAt = item.fields['System.ChangedDate'] ?? changedAt;
      if (since !== undefined && itemChangedAt !== position?.changedAt) {
        await emit(changeOf(item, clients.id));
      }
      if (itemChangedAt > changedAt) changedAt = itemChangedAt;
    }
    return { changedAt };
  },
};

/** Queries the configured project, or all work items that are assigned to the user. */
function changesSince(changedAt: Date | undefined, project: string | undefined) {
  const scope =
    project === undefined ? wiql`[System.AssignedTo] = @Me` : wiql`[System.TeamProject] = ${project}`;
  if (changedAt === undefined) {
    return wiql`SELECT [System.Id] FROM WorkItems WHERE ${scope} ORDER BY [System.ChangedDate] DESC`;
  }
  return wiql`SELECT [System.Id] FROM WorkItems WHERE ${scope} AND [System.ChangedDate] >= ${changedAt} ORDER BY [System.ChangedDate]`;
}

function changeOf(item: WorkItem, userId: string): ContextEvent {
  return {
    source: 'azure-devops',
    type: 'workitem.changed',
    id: `${item.id}/${item.rev}`,
    userId,
    verified: true,
    data: item,
    raw: item,
  };
}
