import type { BulkOptions, Chunk } from '@context-sdk/oauth-core/client-kit';
import { ConflictError, NotFoundError } from '@context-sdk/oauth-core/errors';
import { invalid, SERVICE } from '../../errors.ts';
import { checkedId, checkObject } from '../../input.ts';
import {
  BULK_WRITE_OPTIONS,
  checkedExpand,
  checkedRead,
  type WorkItemWriteOptions,
} from '../../model/options.ts';
import type { WorkItem } from '../../model/work-item.ts';
import { changesPatch, dependsOnItem, ifStillAt, looksUpLinks } from '../../patches/changes-patch.ts';
import { namesPlaces } from '../../patches/relation-operations.ts';
import type { WorkItemChanges } from '../../patches/work-item-input.ts';
import { plainFields, refusePlain } from '../../requests/check-formats.ts';
import { getBatch } from '../../requests/work-item-requests.ts';
import type { AdoCall, AdoContext } from '../../wire.ts';
import { updateWorkItem } from '../update-work-item.ts';
import type { WorkItemOutcome } from './batch-outcome.ts';
import { type BatchRequest, batchRequest, sendBatch } from './batch-request.ts';
import { failedOrUnknown, runBatches } from './run-batches.ts';
import { suggestedOutcomes } from './suggested-outcomes.ts';

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

/** The updates of one call, where they are sent and how. */
interface Batch {
  call: AdoCall;
  context: AdoContext;
  options: WorkItemWriteOptions;
}

/** The items that changes depend on. */
async function itemsFor(call: AdoCall, updates: readonly Update[]): Promise<Map<number, WorkItem>> {
  const ids = updates
    .filter(({ changes }) => dependsOnItem(changes) && !looksUpLinks(changes))
    .map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const items = await getBatch(call, [...new Set(ids)], checkedRead({ expand: 'relations' }));
  return new Map(items.map((item) => [item.id, item]));
}

/** What one update comes to: a request, or its outcome where there is nothing to send. */
function requestFor(
  { context, options }: Batch,
  { id, changes, ifRev }: Update,
  items: ReadonlyMap<number, WorkItem>,
): BatchRequest | WorkItemOutcome {
  const item = items.get(id);
  if (dependsOnItem(changes) && item === undefined) {
    const message = `Work item ${id} does not exist, or you may not read it.`;
    return { status: 'failed', error: new NotFoundError(message, { service: SERVICE }) };
  }
  const patch = changesPatch(changes, context.organizationUrl, item && { item });
  if (patch.length === 0 && item !== undefined) return { status: 'ok', item };
  const rev = ifRev ?? item?.rev;
  const conditional = rev === undefined ? patch : [ifStillAt(rev), ...patch];
  return batchRequest(`/_apis/wit/workitems/${id}`, conditional, options);
}

/**
 * This item is updated by itself, as a single one is: because somebody was faster between reading and writing, or because
 * its links have to be looked up, which a batch lists in another order.
 */
async function updateAlone(
  { call, context, options }: Batch,
  { id, changes, ifRev }: Update,
): Promise<WorkItemOutcome> {
  try {
    const item = await updateWorkItem(call, context, id, changes, { ...options, ifRev });
    return { status: 'ok', item };
  } catch (failure) {
    return failedOrUnknown(failure, call);
  }
}

async function sendChunk(batch: Batch, chunk: Chunk<Update>): Promise<WorkItemOutcome[]> {
  const updates = chunk.map(({ item }) => item);
  const items = await itemsFor(batch.call, updates);
  const planned = updates.map((update) =>
    looksUpLinks(update.changes) ? 'alone' : requestFor(batch, update, items),
  );
  const requests = planned.filter((plan): plan is BatchRequest => plan !== 'alone' && 'uri' in plan);
  const sent = requests.length === 0 ? [] : await sendBatch(batch.call, 'workItems.updateMany', requests);
  const answers = await suggestedOutcomes(batch.call, requests, sent);
  const outcomes: WorkItemOutcome[] = [];
  for (const [index, update] of updates.entries()) {
    const plan = planned[index];
    if (plan === 'alone') {
      outcomes.push(await updateAlone(batch, update));
      continue;
    }
    const outcome = plan !== undefined && 'status' in plan ? plan : answers.shift();
    if (outcome === undefined) continue;
    const lostRace = outcome.status === 'failed' && outcome.error instanceof ConflictError;
    const mayRepeat = update.ifRev === undefined && dependsOnItem(update.changes);
    outcomes.push(lostRace && mayRepeat ? await updateAlone(batch, update) : outcome);
  }
  return outcomes;
}

/** Changes items, as `WorkItems.updateMany` promises. */
export async function updateMany(
  context: AdoContext,
  updates: readonly Update[],
  options: WorkItemWriteOptions & BulkOptions,
): Promise<WorkItemOutcome[]> {
  checkedExpand(options.expand);
  const batch: Batch = { call: context.service.call(options, BULK_WRITE_OPTIONS), context, options };
  const changes = Array.from(updates ?? [], (update) => update?.changes);
  const plain = await plainFields(batch.call, context, changes);
  const check = (update: Update, at: string): Update => {
    const { changes: wanted } = checked(update, at, context.organizationUrl);
    refusePlain(wanted, plain, `${at}changes.`);
    return update;
  };
  return await runBatches(batch.call, updates, check, options, (chunk) => sendChunk(batch, chunk));
}
