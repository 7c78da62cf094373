import { type AdoClient, RelationType, wiql, type WorkItem } from '@context-sdk/ado-client';
import { type CallOptions, oneDeadline, type RecordStore, withLease } from '@context-sdk/oauth-core';
import type { Region, TickTickClient } from '@context-sdk/ticktick-client';
import { checkedTask } from '../utils/checked-task.ts';
import { keys } from '../records/keys.ts';
import type { HandedTask, WorkItemOptions } from './task-summary.ts';
import { taskHtml } from './task-text.ts';
import { taskUrl } from '../utils/task-url.ts';
import { workItemUrl } from '../utils/work-item-url.ts';

/** A call that takes longer is taken for dead, and another looks for what it left. */
const LEASE_MS = 60_000;

/** The work item of a task: a record of the store. */
interface WorkItemRecord {
  organizationUrl: string;
  id: number;
  /** Whether the task names it already. */
  isLinked: boolean;
}

interface Parts {
  store: RecordStore;
  userId: string;
  azureDevOps: AdoClient;
  ticktick: TickTickClient;
  region: Region | undefined;
}

/** By this tag the item of a task is found again where its record was never written. */
function tagOf({ id }: HandedTask): string {
  return `ticktick-${id}`;
}

/** The one work item of a task: the one that is there, or a new one. Each side names the other. */
export async function createWorkItem(
  parts: Parts,
  task: HandedTask,
  options: WorkItemOptions,
): Promise<WorkItem> {
  checkedTask(task);
  const { store, userId, azureDevOps } = parts;
  const call = oneDeadline<CallOptions>(callOf(options), 'azure-devops') ?? {};
  const lease = { ttlMs: LEASE_MS, signal: call.signal };
  return await withLease<WorkItemRecord, WorkItem>(
    store,
    keys.workItem(userId, task.id),
    lease,
    async (held) => {
      const item = await findOrCreate(parts, task, held.value, { ...options, ...call });
      const { organizationUrl } = azureDevOps;
      const isLinked = held.value?.id === item.id && held.value.isLinked;
      if (!isLinked) await linkTask(parts, task, workItemUrl(organizationUrl, item), call);
      await held.save({ organizationUrl, id: item.id, isLinked: true });
      return item;
    },
  );
}

function callOf({ signal, timeoutMs, deadlineMs, maxWaitMs }: WorkItemOptions): CallOptions {
  return { signal, timeoutMs, deadlineMs, maxWaitMs };
}

async function findOrCreate(
  { azureDevOps, region }: Parts,
  task: HandedTask,
  record: WorkItemRecord | undefined,
  options: WorkItemOptions,
): Promise<WorkItem> {
  const { type = 'Task', description = taskHtml(task), tags = [], ...rest } = options;
  const call = callOf(options);
  const { workItems, organizationUrl } = azureDevOps;
  if (record?.organizationUrl === organizationUrl) {
    const known = await workItems.find(record.id, call);
    if (known !== undefined) return known;
  }
  const [found] = await workItems.query(byTag(task), { ...call, top: 1 }).toArray();
  if (found !== undefined) return found;
  const input = {
    ...rest,
    type,
    title: task.title,
    description,
    tags: [...tags, tagOf(task)],
    relations: [{ rel: RelationType.hyperlink, url: taskUrl(task, region), comment: 'TickTick' }],
  };
  return await workItems.create(input, call);
}

function byTag(task: HandedTask) {
  return wiql`SELECT [System.Id] FROM WorkItems WHERE [System.Tags] CONTAINS ${tagOf(task)}`;
}

/** Adds the item's address to what the task says, unless it stands there. */
async function linkTask(
  { ticktick }: Parts,
  task: HandedTask,
  url: string,
  call: CallOptions,
): Promise<void> {
  const { kind, content = '', desc = '' } = await ticktick.tasks.get(task, call);
  const field = kind === 'CHECKLIST' ? 'desc' : 'content';
  const text = field === 'desc' ? desc : content;
  // Item 6 is not item 61.
  if (text.split(/\s+/).includes(url)) return;
  await ticktick.tasks.update(task, { [field]: text === '' ? url : `${text}\n\n${url}` }, call);
}
