import {
  type AdoClient,
  type NewWorkItem,
  RelationType,
  type RichText,
  wiql,
  type WorkItem,
} from '@context-sdk/ado-client';
import { ApiError, type CallOptions, type RecordStore } from '@context-sdk/oauth-core';
import { checkedCallOptions, type OwnOptions, sha256 } from '@context-sdk/oauth-core/client-kit';
import type { Lease } from '@context-sdk/oauth-core/store-kit';
import type { Region, TickTickClient } from '@context-sdk/ticktick-client';
import { checkHeld } from '../records/held-lease.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import { isCount, isFlag, isId, shapeOf } from '../records/shape.ts';
import { asText } from '../utils/text.ts';
import { workItemUrl } from '../utils/web-urls.ts';
import { checkSummary, type TaskSummary, titleLine } from './task-summary.ts';
import { workItemInput } from './work-item-input.ts';
import { shortTitle } from './work-item-title.ts';

/** Others wait so long for a call whose process has died, and look for the item that it may have created. */
const LEASE_MS = 60_000;

/** So many items of each query are searched for the one that an earlier call created and could not record. */
const MAX_SEARCHED = 200;

/** Fields of the work item that do not come from the task. */
export interface WorkItemOptions
  extends CallOptions, Pick<NewWorkItem, 'areaPath' | 'iterationPath' | 'assignedTo' | 'parent' | 'fields'> {
  /** Default: the context's own project. */
  project?: string | undefined;
  /** Default: `Task`. */
  type?: string | undefined;
  /** Default: the task's content and checklist. */
  description?: RichText | undefined;
  /** New ones are left out if the user may not create tags. */
  tags?: readonly string[] | undefined;
  /** Whether the task is linked with the item, so that titles and states follow each other: see `user.links`. Default: the context's `links.create`. */
  link?: boolean | undefined;
}

const OPTIONS: OwnOptions<WorkItemOptions> = {
  areaPath: 'string',
  iterationPath: 'string',
  assignedTo: 'string|object',
  parent: 'number',
  fields: 'object',
  project: 'string',
  type: 'string',
  description: 'string|object',
  tags: 'list',
  link: 'boolean',
};

/** The stored work item of a task. An organization has one, however many users make it. */
export interface WorkItemRecord {
  id: number;
  /** The user who made it. */
  userId: string;
  /** Whether the task's text has the link. */
  isLinked: boolean;
}

const RECORD = shapeOf({
  id: (id) => isCount(id) && id !== 0,
  userId: isId,
  isLinked: isFlag,
});

/** Whether a record is that of a task's work item. */
export function isWorkItemRecord(value: unknown): value is WorkItemRecord {
  return RECORD(value);
}

interface Parts {
  store: RecordStore;
  userId: string;
  azureDevOps: AdoClient;
  ticktick: TickTickClient;
  region: Region | undefined;
  /** The grants that all requests to a provider are pinned to. */
  grantIdAt: (provider: 'azure-devops' | 'ticktick', signal?: AbortSignal) => Promise<string | undefined>;
  /** The user's account at Azure DevOps now: its owner. */
  ownerNow: () => Promise<string | undefined>;
}

/** Finds or creates the one work item of a task, and links each to the other. */
export async function createWorkItem(
  parts: Parts,
  task: TaskSummary,
  options: WorkItemOptions,
): Promise<WorkItem> {
  const call = checkedCallOptions(options, 'azure-devops', OPTIONS);
  checkSummary(task);
  const { store, userId, azureDevOps } = parts;
  const organization = await sha256(azureDevOps.organizationUrl);
  const key = keys.workItem(organization, task.id);
  const ownKey = keys.ownWorkItem(userId, organization, task.id);
  const leaseOptions = { ttlMs: LEASE_MS, signal: call.signal, isValue: isWorkItemRecord };
  const owner = await parts.ownerNow();
  const item = await withMendedLease<WorkItemRecord, WorkItem>(
    store,
    key,
    leaseOptions,
    async (lease, signal) => {
      const made = await makeAndLink(parts, task, lease, { options, call: { ...call, signal } });
      if (lease.value?.userId !== userId) await store.compareAndSet(ownKey, undefined, '{}');
      await lease.save({ id: made.id, userId, isLinked: true });
      return made;
    },
  );
  // A user who has left the account meanwhile, or was forgotten, leaves nothing behind.
  if ((await parts.ownerNow()) !== owner) {
    await store.delete(key);
    await store.delete(ownKey);
  }
  return item;
}

/** Each service's requests go to the account that is connected as the first of them is sent. */
async function makeAndLink(
  parts: Parts,
  task: TaskSummary,
  lease: Lease<WorkItemRecord>,
  { options, call }: { options: WorkItemOptions; call: CallOptions },
): Promise<WorkItem> {
  const { azureDevOps, grantIdAt } = parts;
  const signal = call.signal ?? undefined;
  const grantId = call.grantId ?? (await grantIdAt('azure-devops', signal));
  const item = await findOrCreate(parts, task, lease, {
    ...options,
    deadlineMs: undefined,
    ...call,
    grantId,
  });
  if (lease.value?.id === item.id && lease.value.isLinked) return item;
  const ofTask = { ...call, grantId: await grantIdAt('ticktick', signal) };
  await linkTask(parts, task, workItemUrl(azureDevOps.organizationUrl, item), ofTask);
  return item;
}

function callOptionsOf({ signal, timeoutMs, deadlineMs, maxWaitMs, grantId }: WorkItemOptions): CallOptions {
  return { signal, timeoutMs, deadlineMs, maxWaitMs, grantId };
}

async function findOrCreate(
  { azureDevOps, region }: Parts,
  task: TaskSummary,
  lease: Lease<WorkItemRecord>,
  options: WorkItemOptions,
): Promise<WorkItem> {
  const { type = 'Task', description, tags = [], project } = options;
  const { areaPath, iterationPath, assignedTo, parent, fields } = options;
  const call = callOptionsOf(options);
  const { workItems } = azureDevOps;
  if (lease.value !== undefined) {
    const recorded = await workItems.find(lease.value.id, call);
    if (recorded !== undefined) return recorded;
  }
  // Without a record, the hyperlink identifies an item that an earlier call created.
  const linked = await findLinked(workItems, task, call);
  if (linked !== undefined) return linked;
  const given = { project, areaPath, iterationPath, assignedTo, parent, fields };
  const input = { ...given, ...workItemInput(task, region, description), type };
  checkHeld(lease);
  try {
    return await workItems.create({ ...input, tags }, call);
  } catch (error) {
    if (!mayNotCreateTags(error)) throw error;
    const known = await knownTags(azureDevOps, tags, { ...call, project });
    return await workItems.create({ ...input, tags: known }, call);
  }
}

/** The tags that the project has already; none if they can't be listed. */
async function knownTags(
  { tags: ofProject }: AdoClient,
  tags: readonly string[],
  options: CallOptions & { project?: string | undefined },
): Promise<string[]> {
  const key = (tag: string): string => tag.trim().toLowerCase();
  try {
    const known = new Set((await ofProject.list(options)).map(({ name }) => key(asText(name))));
    return tags.filter((tag) => known.has(key(tag)));
  } catch (error) {
    if (error instanceof ApiError && !error.retryable) return [];
    throw error;
  }
}

/** Queries can't search for a hyperlink, so the items that can have it are looked through: those of its title, then the user's latest. */
async function findLinked(
  workItems: AdoClient['workItems'],
  task: TaskSummary,
  call: CallOptions,
): Promise<WorkItem | undefined> {
  const ofTitle = wiql`[System.Title] = ${shortTitle(titleLine(task.title))}`;
  const ofUser = wiql`[System.CreatedBy] = @Me`;
  // The task's list, which is in its URL, may be another by now.
  const end = `/tasks/${task.id}`;
  for (const condition of [ofTitle, ofUser]) {
    const query = wiql`SELECT [System.Id] FROM WorkItems
      WHERE [System.HyperLinkCount] > 0 AND ${condition} ORDER BY [System.Id] DESC`;
    const found = workItems.query(query, { ...call, top: MAX_SEARCHED, expand: 'relations' });
    for await (const item of found) {
      if (hyperlinksOf(item).some((url) => url.endsWith(end))) return item;
    }
  }
  return undefined;
}

function hyperlinksOf({ relations }: WorkItem): string[] {
  if (!Array.isArray(relations)) return [];
  return relations.flatMap((one) => (one?.rel === RelationType.hyperlink ? asText(one.url) : []));
}

/** Creating a tag that the project doesn't have yet takes a permission of its own. */
function mayNotCreateTags(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.serviceCode === 'TF401289' || error.message.includes('TF401289'))
  );
}

/** Appends the item's URL to the task's text if it is missing. */
async function linkTask(
  { ticktick }: Parts,
  task: TaskSummary,
  url: string,
  call: CallOptions,
): Promise<void> {
  const { kind, content = '', desc = '' } = await ticktick.tasks.get(task, call);
  const field = kind === 'CHECKLIST' ? 'desc' : 'content';
  const text = (field === 'desc' ? desc : content).toWellFormed();
  // Compares whole words, because the URL of item 61 starts with that of item 6.
  if (text.split(/\s+/).includes(url)) return;
  await ticktick.tasks.update(task, { [field]: text === '' ? url : `${text}\n\n${url}` }, call);
}
