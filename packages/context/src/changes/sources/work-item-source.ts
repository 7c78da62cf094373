import type { WorkItem } from '@context-sdk/ado-client';
import { parseInstant } from '@context-sdk/oauth-core/client-kit';
import { hostProject } from '../../connections/host-project.ts';
import { isId, isText, listOf, shapeOf } from '../../records/shape.ts';
import { asText, randomToken } from '../../utils/text.ts';
import { type ChangeSource, DAY_MS, type UserContext } from '../change-source.ts';
import type { ContextEvent } from '../context-event.ts';
import {
  revisionId,
  type ServiceHooks,
  serviceHooksWebhook,
  subscribe,
  unsubscribe,
} from './service-hooks.ts';

interface WorkItemPosition {
  /** The latest `System.ChangedDate` so far. */
  changedAt: string;
  /** The revisions of that very moment that were told: others of the same millisecond can follow. */
  told: string[];
}

const POSITION = shapeOf({
  changedAt: (value) => parseInstant(value) !== undefined,
  told: listOf(isText),
});

/** Changes of one poll at most: a query with an order can't find more than 20,000, and what is left is for the next poll. */
const MAX_CHANGES = 2_000;

const NOTHING_YET: WorkItemPosition = { changedAt: new Date(0).toISOString(), told: [] };

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
  isPush: shapeOf({ username: isId, password: isId, subscriptionIds: listOf(isId) }),
  lostPush: (username) => ({ username, password: 'lost', subscriptionIds: [] }),

  async open(context, { push: previous }, record) {
    const { username, password } = previous ?? { username: randomToken(), password: randomToken() };
    const hooks: ServiceHooks = { username, password, subscriptionIds: [] };
    if (previous === undefined) await record(username, hooks);
    const target = { userId: context.clients.id, owner: context.grant.owner };
    await context.routing.addHook(username, { ...target, password });
    // Also re-enables hooks that Azure DevOps has disabled since.
    await subscribe(context, hooks);
    await record(username, hooks);
    return { ids: [username], push: hooks, renewAt: Date.now() + DAY_MS };
  },

  async unroute({ routing }, { username }) {
    await routing.removeHook(username);
  },

  async refuse({ routing }, { username }) {
    await routing.endHook(username);
  },

  stop: unsubscribe,

  async poll(context, stored, emit) {
    const { clients, grant } = context;
    const position = POSITION(stored) ? stored : undefined;
    // The first poll only looks for the latest change.
    const [latest] = position === undefined ? await itemsOf(context, undefined, 1) : [];
    const since = position ?? positionAt(latest);
    // Those that were told come again.
    const top = MAX_CHANGES + since.told.length;
    const items =
      latest === undefined && position === undefined ? [] : await itemsOf(context, since.changedAt, top);
    for (const item of items) {
      const id = revisionId(item.id, item.rev);
      const isTold = changedAtOf(item) === since.changedAt && since.told.includes(id);
      if (position !== undefined && !isTold) {
        await emit({ event: changeOf(item, clients.id), owner: grant.owner });
      }
    }
    return settledIn(items).reduce(advanced, since);
  },
};

function changedAtOf({ fields }: WorkItem): string {
  const changedAt = asText(fields['System.ChangedDate']);
  return parseInstant(changedAt) === undefined ? NOTHING_YET.changedAt : changedAt;
}

function positionAt(item: WorkItem | undefined): WorkItemPosition {
  return item === undefined ? NOTHING_YET : { changedAt: changedAtOf(item), told: [] };
}

/**
 * The items that are as the query found them, which is in the order of their changes. One that was changed again before it was
 * read is later than what follows it: others may have changed in between, so it counts when it comes again.
 */
function settledIn(items: readonly WorkItem[]): WorkItem[] {
  let next = Number.POSITIVE_INFINITY;
  return items
    .toReversed()
    .filter((item) => {
      const at = Date.parse(changedAtOf(item));
      if (at > next) return false;
      // One whose time can't be read says nothing of the others.
      if (at > 0) next = at;
      return true;
    })
    .toReversed();
}

function advanced(position: WorkItemPosition, item: WorkItem): WorkItemPosition {
  const id = revisionId(item.id, item.rev);
  const changedAt = changedAtOf(item);
  const [itemMs, positionMs] = [Date.parse(changedAt), Date.parse(position.changedAt)];
  if (itemMs > positionMs) return { changedAt, told: [id] };
  if (itemMs < positionMs || position.told.includes(id)) return position;
  return { ...position, told: [...position.told, id] };
}

/** Reads the configured project, or all work items that are assigned to the user. */
async function itemsOf(
  { options, clients, signal }: UserContext,
  changedAt: string | undefined,
  top: number,
): Promise<WorkItem[]> {
  const { wiql } = await import('@context-sdk/ado-client');
  const client = await clients.azureDevOps();
  const project = await hostProject(options.providers, client.organizationUrl);
  // The project may be configured by its id, and the field has names.
  const scope =
    project === undefined ? wiql`[System.AssignedTo] = @Me` : wiql`[System.TeamProject] = @project`;
  const query =
    changedAt === undefined
      ? wiql`SELECT [System.Id] FROM WorkItems WHERE ${scope} ORDER BY [System.ChangedDate] DESC`
      : wiql`SELECT [System.Id] FROM WorkItems WHERE ${scope} AND [System.ChangedDate] >= ${new Date(changedAt)} ORDER BY [System.ChangedDate]`;
  return await client.workItems.query(query, { signal, top }).toArray();
}

function changeOf(item: WorkItem, userId: string): ContextEvent {
  return {
    source: 'azure-devops',
    type: 'workitem.changed',
    id: revisionId(item.id, item.rev),
    userId,
    verified: true,
    data: item,
    raw: item,
  };
}
