import { type AdoHookEvent, type AdoClient, wiql, type WorkItem } from '@context-sdk/ado-client';
import { NotFoundError } from '@context-sdk/oauth-core';
import { randomText } from '../../utils/random-token.ts';
import { DAY_MS, type Feed, type FeedParts } from './change-source.ts';

interface WorkItemPush {
  username: string;
  password: string;
  subscriptionIds: string[];
}

interface WorkItemPosition {
  /** The latest `System.ChangedDate` that was seen. */
  changedAt: string;
}

const EVENTS: readonly AdoHookEvent[] = [
  'workitem.created',
  'workitem.updated',
  'workitem.deleted',
  'workitem.restored',
  'workitem.commented',
];

/** The configured project, or every project that the user sees. */
async function projectsOf({ setup, signal }: FeedParts, client: AdoClient): Promise<string[]> {
  const { project } = setup.providers.azureDevOps ?? {};
  if (project !== undefined) return [project];
  return (await client.projects.list({ signal }).toArray()).map(({ id }) => id);
}

/** Adds the ids of the subscriptions to `ids` one by one, so that what was made is known when another fails. */
async function subscribe(
  parts: FeedParts,
  { username, password }: WorkItemPush,
  ids: string[],
): Promise<void> {
  const client = await parts.clients.azureDevOps();
  for (const project of await projectsOf(parts, client)) {
    for (const event of EVENTS) {
      const wanted = { project, event, url: parts.url('azure-devops'), basicAuth: { username, password } };
      const { subscription } = await client.subscriptions.ensure(wanted, { signal: parts.signal });
      ids.push(subscription.id);
    }
  }
}

async function unsubscribe({ clients, owners, signal }: FeedParts, push: WorkItemPush): Promise<void> {
  await owners.removeHook(push.username);
  const client = await clients.azureDevOps();
  for (const id of push.subscriptionIds) {
    await client.subscriptions.delete(id, { signal }).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
}

/** Work items of the configured project, or those that are assigned to the user where there is none. */
function changedSince(changedAt: Date | undefined, project: string | undefined) {
  const scope =
    project === undefined ? wiql`[System.AssignedTo] = @Me` : wiql`[System.TeamProject] = ${project}`;
  if (changedAt === undefined) {
    return wiql`SELECT [System.Id] FROM WorkItems WHERE ${scope} ORDER BY [System.ChangedDate] DESC`;
  }
  return wiql`SELECT [System.Id] FROM WorkItems WHERE ${scope} AND [System.ChangedDate] >= ${changedAt} ORDER BY [System.ChangedDate]`;
}

/**
 * Work items. Service hooks belong to the user and need the right to make them; deliveries are told apart by a random user
 * name, which is known before Azure DevOps has answered, as a subscription's id is not.
 */
export const workItemFeed: Feed<WorkItemPush, WorkItemPosition> = {
  service: 'azure-devops',
  provider: 'azure-devops',
  // Queries cost more than other requests, and Azure DevOps counts the load.
  pollEveryMs: 5 * 60_000,
  canPush: () => true,
  canPoll: () => true,

  async open(parts, before) {
    const push = before ?? { username: randomText(), password: randomText(), subscriptionIds: [] };
    const subscriptionIds: string[] = [];
    await parts.owners.addHook(push.username, { userId: parts.userId, password: push.password });
    try {
      // A hook that Azure DevOps has disabled since is enabled again.
      await subscribe(parts, push, subscriptionIds);
      return { push: { ...push, subscriptionIds }, renewAt: Date.now() + DAY_MS };
    } catch (error) {
      if (before === undefined) await unsubscribe(parts, { ...push, subscriptionIds }).catch(() => undefined);
      throw error;
    }
  },

  close: unsubscribe,

  async poll({ setup, clients, userId, signal }, position, emit) {
    const client = await clients.azureDevOps();
    const { project } = setup.providers.azureDevOps ?? {};
    const since = position && new Date(position.changedAt);
    const query = changedSince(since, project);
    const items = await client.workItems
      .query(query, { signal, ...(since === undefined && { top: 1 }) })
      .toArray();
    let changedAt = position?.changedAt ?? new Date(0).toISOString();
    for (const item of items) {
      const itemChangedAt = item.fields['System.ChangedDate'] ?? changedAt;
      if (since !== undefined && itemChangedAt !== position?.changedAt) await emit(changeOf(item, userId));
      if (itemChangedAt > changedAt) changedAt = itemChangedAt;
    }
    return { changedAt };
  },
};

function changeOf(item: WorkItem, userId: string): Parameters<Parameters<Feed['poll']>[2]>[0] {
  const id = `${item.id}/${item.rev}`;
  return {
    source: 'azure-devops',
    type: 'workitem.changed',
    id,
    userId,
    verified: true,
    data: item,
    raw: item,
  };
}
