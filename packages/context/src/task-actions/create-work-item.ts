import {
  type AdoClient,
  type NewWorkItem,
  RelationType,
  type RichText,
  wiql,
  type WorkItem,
} from '@context-sdk/ado-client';
import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import { checkedCallOptions } from '@context-sdk/oauth-core/client-kit';
import { withLease } from '@context-sdk/oauth-core/store-kit';
import type { Region, TickTickClient } from '@context-sdk/ticktick-client';
import { keys } from '../records/keys.ts';
import { checkTask } from '../utils/input-checks.ts';
import { taskUrl, workItemUrl } from '../utils/web-urls.ts';
import { taskHtml, type TaskSummary } from './task-summary.ts';

/** A call that takes longer is considered dead, and the next call looks for the item that it may have created. */
const LEASE_MS = 60_000;

/** Fields of the work item that do not come from the task. */
export interface WorkItemOptions
  extends CallOptions, Pick<NewWorkItem, 'areaPath' | 'iterationPath' | 'assignedTo' | 'parent' | 'fields'> {
  /** Default: the context's own project. */
  project?: string | undefined;
  /** Default: `Task`. */
  type?: string | undefined;
  /** Default: the task's content and checklist. */
  description?: RichText | undefined;
  /** Added to the tag that identifies the task. */
  tags?: readonly string[] | undefined;
}

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
  const { type = 'Task', description = taskHtml(task), tags = [], ...rest } = options;
  const call = callOptionsOf(options);
  const { workItems, organizationUrl } = azureDevOps;
  if (record?.organizationUrl === organizationUrl) {
    const recorded = await workItems.find(record.id, call);
    if (recorded !== undefined) return recorded;
  }
  const tag = tagOf(task);
  // Without a record, the tag identifies an item that an earlier call created.
  const query = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.Tags] CONTAINS ${tag}`;
  const [tagged] = await workItems.query(query, { ...call, top: 1 }).toArray();
  if (tagged !== undefined) return tagged;
  const input = {
    ...rest,
    type,
    title: task.title,
    description,
    tags: [...tags, tag],
    relations: [{ rel: RelationType.hyperlink, url: taskUrl(task, region), comment: 'TickTick' }],
  };
  return await workItems.create(input, call);
}

function tagOf({ id }: TaskSummary): string {
  return `ticktick-${id}`;
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
