import { ConflictError, NotFoundError, oneDeadline } from '@context-sdk/oauth-core';
import { type Chunk, inChunks } from '../../bulk/in-chunks.ts';
import { bulkError, mayHaveHappened } from '../../bulk/lost-answers.ts';
import type { BulkOptions } from '../../bulk/outcome.ts';
import { checkedId } from '../../input/checked-id.ts';
import { checkObject } from '../../input/checked-object.ts';
import { invalid } from '../../input/invalid.ts';
import { namesPlaces } from '../../relations/relation-operations.ts';
import { changesPatch, dependsOnItem, ifStillAt } from '../changes-patch.ts';
import { checkedExpand, checkedRead } from '../checked-reads.ts';
import type { WriteOptions } from '../options.ts';
import { updateWorkItem } from '../update-work-item.ts';
import { MOST_IN_BATCH, type WorkItemRoutes } from '../work-item-routes.ts';
import type { WorkItem } from '../work-item.ts';
import type { WorkItemChanges } from '../work-item-changes.ts';
import type { WorkItemOutcome } from './batch-outcome.ts';
import { type BatchRequest, batchRequest } from './batch-request.ts';
import { sendBatch } from './send-batch.ts';

/** One item of `updateMany` and what changes of it. */
export interface WorkItemUpdateInput<Custom extends object = object> {
  id: number;
  changes: WorkItemChanges<Custom>;
  /** Only if the item is still at this revision. */
  ifRev?: number | undefined;
}

type Update = WorkItemUpdateInput;

function checked(update: Update, at: string, organizationUrl: string): Update {
  checkObject(update, at.replace(/\.$/, ''));
  const { id, changes, ifRev } = update;
  checkedId(id, `${at}id`);
  if (ifRev !== undefined) checkedId(ifRev, `${at}ifRev`);
  const patch = changesPatch(changes, organizationUrl, { at: `${at}changes.` });
  if (patch.length === 0 && !dependsOnItem(changes)) throw invalid(`${at}changes`, 'is empty');
  if (namesPlaces(changes) && ifRev === undefined)
    throw invalid(`${at}ifRev`, 'is needed where relations are places');
  return update;
}

/** The items that changes depend on. */
async function itemsFor(
  routes: WorkItemRoutes,
  updates: readonly Update[],
  options: WriteOptions,
): Promise<Map<number, WorkItem>> {
  const ids = updates.filter(({ changes }) => dependsOnItem(changes)).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const read = checkedRead({ expand: 'relations' });
  const items = await routes.batch('workItems.updateMany', [...new Set(ids)], read, options);
  return new Map(items.map((item) => [item.id, item]));
}

/** What one update comes to: a request, or its outcome where there is nothing to send. */
function requestFor(
  { id, changes, ifRev }: Update,
  items: ReadonlyMap<number, WorkItem>,
  { transport: { organizationUrl } }: WorkItemRoutes,
  options: WriteOptions,
): BatchRequest | WorkItemOutcome {
  const item = items.get(id);
  if (dependsOnItem(changes) && item === undefined) {
    const error = new NotFoundError(`Work item ${id} does not exist, or you may not read it.`, {
      service: 'azure-devops',
    });
    return { status: 'failed', error };
  }
  const patch = changesPatch(changes, organizationUrl, item && { item });
  if (patch.length === 0 && item !== undefined) return { status: 'ok', item };
  const rev = ifRev ?? item?.rev;
  const tested = rev === undefined ? patch : [ifStillAt(rev), ...patch];
  return batchRequest(`_apis/wit/workitems/${id}`, tested, options);
}

/** Somebody was faster between reading and writing: this item takes the way of a single update. */
async function again(
  routes: WorkItemRoutes,
  update: Update,
  options: WriteOptions,
): Promise<WorkItemOutcome> {
  try {
    return { status: 'ok', item: await updateWorkItem(routes, update.id, update.changes, options) };
  } catch (failure) {
    const error = bulkError(failure, options.signal);
    return { status: mayHaveHappened(error) ? 'unknown' : 'failed', error };
  }
}

async function sendChunk(
  routes: WorkItemRoutes,
  chunk: Chunk<Update>,
  options: WriteOptions,
): Promise<WorkItemOutcome[]> {
  const updates = chunk.map(({ item }) => item);
  const items = await itemsFor(routes, updates, options);
  const planned = updates.map((update) => requestFor(update, items, routes, options));
  const requests = planned.filter((plan): plan is BatchRequest => 'uri' in plan);
  const answers =
    requests.length === 0 ? [] : await sendBatch(routes.transport, 'workItems.updateMany', requests, options);
  const outcomes: WorkItemOutcome[] = [];
  for (const [index, update] of updates.entries()) {
    const plan = planned[index];
    const outcome = plan !== undefined && 'status' in plan ? plan : answers.shift();
    if (outcome === undefined) continue;
    const lostRace = outcome.status === 'failed' && outcome.error instanceof ConflictError;
    const mayRepeat = update.ifRev === undefined && dependsOnItem(update.changes);
    outcomes.push(lostRace && mayRepeat ? await again(routes, update, options) : outcome);
  }
  return outcomes;
}

export async function updateMany(
  routes: WorkItemRoutes,
  updates: readonly Update[],
  given: WriteOptions & BulkOptions,
): Promise<WorkItemOutcome[]> {
  const options = oneDeadline(given, 'azure-devops') ?? given;
  checkedExpand(options.expand);
  const check = (update: Update, at: string): Update => checked(update, at, routes.transport.organizationUrl);
  return await inChunks(updates, MOST_IN_BATCH, check, options, (chunk) => sendChunk(routes, chunk, options));
}
