import { mayHaveHappened } from '@context-sdk/oauth-core/client-kit';
import { ApiError, ConflictError, InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { SERVICE } from '../errors.ts';
import type { WorkItemWriteOptions } from '../model/options.ts';
import { relationKey } from '../model/relation.ts';
import type { WorkItem, WorkItemRelation } from '../model/work-item.ts';
import { ifStillAt } from '../patches/changes-patch.ts';
import type { PatchOperation } from '../patches/field-operations.ts';
import { getWorkItem, patchWorkItem } from '../requests/work-item-requests.ts';
import type { AdoCall } from '../wire.ts';
import { commentedUnseen } from './comment-behind.ts';
import { expandForLinks, madeNextRevision } from './conditional-update.ts';
import { keysOf, linkDifferences, type LinkPlan, linkPlan } from './link-differences.ts';
import { removalBehind } from './removal-behind.ts';

/** What became of a patch that names links by their place. */
export interface LinkUpdate {
  item: WorkItem;
  /** Comments that another link has to get back. */
  commented: WorkItemRelation[];
  /** Whether all that was to be done is done; else the rest has to be worked out again. */
  isDone: boolean;
}

function somebodyWasFaster(id: number): ConflictError {
  return new ConflictError(`The links of work item ${id} changed meanwhile.`, { service: SERVICE });
}

/** Links change without a new revision, and a place that no longer fits is refused: nothing was done then. */
async function refusedForItsPlaces(call: AdoCall, before: WorkItem, error: unknown): Promise<boolean> {
  if (!(error instanceof InvalidRequestError)) return false;
  const now = await getWorkItem(call, before.id, { expand: 'relations' });
  return [...keysOf(now)].join() !== [...keysOf(before)].join();
}

/** The item after the patch; `isLost` where its response was lost, so that more may have happened since. */
async function sent(
  call: AdoCall,
  before: WorkItem,
  patch: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): Promise<{ after: WorkItem; isLost: boolean }> {
  const { id, rev } = before;
  const read = { expand: expandForLinks(options) };
  try {
    const after = await patchWorkItem(call, id, [ifStillAt(rev), ...patch], { ...options, ...read });
    return { after, isLost: false };
  } catch (error) {
    if (await refusedForItsPlaces(call, before, error)) throw somebodyWasFaster(id);
    if (!mayHaveHappened(error)) throw error;
  }
  const after = await getWorkItem(call, id, read);
  const hasFields = patch.some(({ path }) => path.startsWith('/fields/'));
  if (hasFields && (after.rev === rev || !(await madeNextRevision(call, id, rev, patch)))) {
    throw somebodyWasFaster(id);
  }
  return { after, isLost: true };
}

/** Adds a link again. Somebody may have done so already, or have set another parent, which is newer. */
async function putBack(call: AdoCall, id: number, { rel, url, attributes }: WorkItemRelation): Promise<void> {
  const { comment, name } = attributes ?? {};
  const isNamed = rel === 'ArtifactLink' || rel === 'AttachedFile';
  const kept = { ...(comment && { comment }), ...(isNamed && { name }) };
  const value = { rel, url, attributes: kept };
  try {
    await patchWorkItem(call, id, [{ op: 'add', path: '/relations/-', value }], {});
  } catch (error) {
    if (!(error instanceof ApiError) || error.retryable) throw error;
  }
}

/** The links that a patch took from others: by the history, else what is missing while something meant is still there. */
async function takenFromOthers(
  call: AdoCall,
  before: WorkItem,
  after: WorkItem,
  plan: LinkPlan,
): Promise<WorkItemRelation[]> {
  const meant = new Set(plan.removed.map(relationKey));
  const removed = await removalBehind(call, before, after, plan);
  if (removed !== undefined) return removed.filter((one) => !meant.has(relationKey(one)));
  const { missing, isUnfinished } = linkDifferences(plan, before, after);
  return isUnfinished ? missing : [];
}

/**
 * Sends a patch that names links by their place, which no revision guards: looks at what remains, and puts back what it
 * took away from another place than meant.
 */
export async function updateLinks(
  call: AdoCall,
  before: WorkItem,
  patch: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): Promise<LinkUpdate> {
  const { after, isLost } = await sent(call, before, patch, options);
  const plan = linkPlan(patch, before);
  const { missing, commented, isUnfinished } = linkDifferences(plan, before, after);
  // A link that took the place of one that is gone leaves no trace but in the history.
  const isToCheck = plan.removed.length > 0 && !isLost;
  const taken = isToCheck ? await takenFromOthers(call, before, after, plan) : [];
  for (const relation of taken) await putBack(call, before.id, relation);
  const unseen = plan.comments.length > 0 ? await commentedUnseen(call, before, after, plan) : [];
  const isDone = [missing, commented, unseen, taken].every(({ length }) => length === 0) && !isUnfinished;
  return { item: after, commented: [...commented, ...unseen], isDone };
}
