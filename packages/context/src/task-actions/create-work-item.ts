import {
  type AdoClient,
  type NewWorkItem,
  RelationType,
  type RichText,
  wiql,
  type WorkItem,
} from '@context-sdk/ado-client';
import { ApiError, type CallOptions, type RecordStore } from '@context-sdk/oauth-core';
import { checkedCallOptions } from '@context-sdk/oauth-core/client-kit';
import { withLease } from '@context-sdk/oauth-core/store-kit';
import type { Region, TickTickClient } from '@context-sdk/ticktick-client';
import { keys } from '../records/keys.ts';
import { checkTask } from '../utils/input-checks.ts';
import { CALL_OPTIONS, checkOptionNames, type OptionNames } from '../utils/option-names.ts';
import { workItemUrl } from '../utils/web-urls.ts';
import type { TaskSummary } from './task-summary.ts';
import { workItemInput } from './work-item-input.ts';

/** A call that takes longer is considered dead, and the next call looks for the item that it may have created. */
const LEASE_MS = 60_000;

/** So many items are searched for the one that an earlier call created and could not record: one request's worth. */
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
  /** Left out where a tag would be new and the user may not create tags. */
  tags?: readonly string[] | undefined;
}

const OPTIONS: OptionNames<WorkItemOptions> = {
  ...CALL_OPTIONS,
  areaPath: true,
  iterationPath: true,
  assignedTo: true,
  parent: true,
  fields: true,
  project: true,
  type: true,
  description: true,
  tags: true,
};

/** The stored work item of a task. */
interface WorkItemRecord {
  organizationUrl: string;
  id: number;
  /** Whether the task's text has the link. */
  isLinked: boolean;
}

interface Parts {
  store: RecordStore;
  userId: string;
  azureDevOps: AdoClient;
  ticktick: TickTickClient;
  region: Region | undefined;
}

/** Finds or creates the one work item of a task, and links each to the other. */
export async function createWorkItem(
  parts: Parts,
  task: TaskSummary,
  options: WorkItemOptions,
): Promise<WorkItem> {
  checkOptionNames(options, OPTIONS);
  checkTask(task);
  const { store, userId, azureDevOps } = parts;
  const call = checkedCallOptions(options, 'azure-devops');
  const key = keys.workItem(userId, task.id);
  const leaseOptions = { ttlMs: LEASE_MS, signal: call.signal };
  return await withLease<WorkItemRecord, WorkItem>(store, key, leaseOptions, async (lease) => {
    const item = await findOrCreate(parts, task, lease.value, { ...options, deadlineMs: undefined, ...call });
    const { organizationUrl } = azureDevOps;
    const isLinked = lease.value?.id === item.id && lease.value.isLinked;
    if (!isLinked) await linkTask(parts, task, workItemUrl(organizationUrl, item), call);
    await lease.save({ organizationUrl, id: item.id, isLinked: true });
    return item;
  });
}

function callOptionsOf({ signal, timeoutMs, deadlineMs, maxWaitMs }: WorkItemOptions): CallOptions {
  return { signal, timeoutMs, deadlineMs, maxWaitMs };
}

async function findOrCreate(
  { azureDevOps, region }: Parts,
  task: TaskSummary,
  record: WorkItemRecord | undefined,
  options: WorkItemOptions,
): Promise<WorkItem> {
  const { type = 'Task', description, tags = [], ...rest } = options;
  const call = callOptionsOf(options);
  const { workItems, organizationUrl } = azureDevOps;
  if (record?.organizationUrl === organizationUrl) {
    const recorded = await workItems.find(record.id, call);
    if (recorded !== undefined) return recorded;
  }
  // Without a record, the hyperlink identifies an item that an earlier call created.
  const linked = await findLinked(workItems, task, call);
  if (linked !== undefined) return linked;
  const input = { ...rest, ...workItemInput(task, region, description), type };
  try {
    return await workItems.create({ ...input, tags }, call);
  } catch (error) {
    if (!mayNotCreateTags(error)) throw error;
    return await workItems.create(input, call);
  }
}

/** Queries can't search for a hyperlink, so the latest items that can have it are looked through. */
async function findLinked(
  workItems: AdoClient['workItems'],
  task: TaskSummary,
  call: CallOptions,
): Promise<WorkItem | undefined> {
  const query = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.HyperLinkCount] > 0
    AND ([System.CreatedBy] = @Me OR [System.Title] = ${task.title.slice(0, 255)}) ORDER BY [System.Id] DESC`;
  const found = workItems.query(query, { ...call, top: MAX_SEARCHED, expand: 'relations' });
  // The task's list, which is in its URL, may be another by now.
  const end = `/tasks/${task.id}`;
  for await (const item of found) {
    const links = (item.relations ?? []).filter(({ rel }) => rel === RelationType.hyperlink);
    if (links.some(({ url }) => url.endsWith(end))) return item;
  }
  return undefined;
}

/** Creating a tag that the project doesn't have yet takes a permission of its own. */
function mayNotCreateTags(error: unknown): boolean {
  return error instanceof ApiError && error.serviceCode === 'TF401289';
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
  const text = field === 'desc' ? desc : content;
  // Compares whole words, because the URL of item 61 starts with that of item 6.
  if (text.split(/\s+/).includes(url)) return;
  await ticktick.tasks.update(task, { [field]: text === '' ? url : `${text}\n\n${url}` }, call);
}
