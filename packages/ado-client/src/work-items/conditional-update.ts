import { mayHaveHappened } from '@context-sdk/oauth-core/client-kit';
import { ConflictError } from '@context-sdk/oauth-core/errors';
import { SERVICE } from '../errors.ts';
import type { WorkItemWriteOptions } from '../model/options.ts';
import { tagsOf, type WorkItem } from '../model/work-item.ts';
import { ifStillAt } from '../patches/changes-patch.ts';
import type { PatchOperation } from '../patches/field-operations.ts';
import { changedTags, joinTags } from '../patches/tags.ts';
import { getRevision, getWorkItem, patchWorkItem } from '../requests/work-item-requests.ts';
import type { AdoCall } from '../wire.ts';
import { isAlike } from './is-alike.ts';
import { addedKeys, keysOf, namesLinksByPlace } from './link-differences.ts';

function hasTags(operation: PatchOperation, item: Pick<WorkItem, 'fields'>): boolean {
  if (operation.op === 'remove') return tagsOf(item).length === 0;
  const written = tagsOf({ fields: { 'System.Tags': String(operation.value) } });
  const present = tagsOf(item);
  const sorted = (tags: readonly string[]): string => joinTags(tags.toSorted()).toLowerCase();
  if (operation.op === 'replace') return sorted(written) === sorted(present);
  return sorted(changedTags(present, { add: written })) === sorted(present);
}

/** A field by its reference name, in any case. */
function valueOf({ fields }: Pick<WorkItem, 'fields'>, name: string): unknown {
  const key = Object.keys(fields).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : fields[key];
}

/** Whether a revision of an item holds everything that a patch writes into fields. */
function wasApplied(patch: readonly PatchOperation[], revision: Pick<WorkItem, 'fields'>): boolean {
  return patch.every((operation) => {
    if (!operation.path.startsWith('/fields/')) return true;
    const name = operation.path.slice('/fields/'.length);
    if (name.toLowerCase() === 'system.tags') return hasTags(operation, revision);
    const stored = valueOf(revision, name);
    return operation.op === 'remove' || operation.value === ''
      ? stored === undefined
      : isAlike(operation.value, stored);
  });
}

/** Whether a patch with a lost response made the revision after the one that it was for. */
export async function madeNextRevision(
  call: AdoCall,
  id: number,
  rev: number,
  patch: readonly PatchOperation[],
): Promise<boolean> {
  const changesLinks = patch.some(({ path }) => path.startsWith('/relations/'));
  const hasFields = patch.some(({ path }) => path.startsWith('/fields/'));
  if (changesLinks && !hasFields) return false;
  return wasApplied(patch, await getRevision(call, id, rev + 1));
}

/** What is read of an item whose links a patch changes. */
export function expandForLinks({ expand = 'relations' }: WorkItemWriteOptions): 'relations' | 'all' {
  return expand === 'none' || expand === 'relations' ? 'relations' : 'all';
}

/** Whether an item has all links that a patch adds, and its fields: links make no revision that would show it. */
function hasLinks(patch: readonly PatchOperation[], item: WorkItem): boolean {
  const present = keysOf(item);
  return wasApplied(patch, item) && [...addedKeys(patch)].every((key) => present.has(key));
}

/** The item if it has all links that a patch adds, and its fields. */
export async function itemWithLinks(
  call: AdoCall,
  id: number,
  patch: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): Promise<WorkItem | undefined> {
  if (options.validateOnly || addedKeys(patch).size === 0) return undefined;
  const item = await getWorkItem(call, id, { expand: expandForLinks(options) });
  return hasLinks(patch, item) ? item : undefined;
}

/**
 * Sends a patch that is for one revision only. Where the response is lost the item itself shows what became of it, so
 * that nothing is done twice: at the old revision the patch is sent once more, unless the links that it adds are there;
 * where the next revision holds what it writes it is done; else somebody else was faster, which is a {@link ConflictError}.
 * Of links that are named by their place nothing shows it: then the error stays that of the lost response.
 */
export async function updateAt(
  call: AdoCall,
  id: number,
  rev: number,
  patch: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): Promise<WorkItem> {
  const conditional = [ifStillAt(rev), ...patch];
  let lost: unknown;
  try {
    return await patchWorkItem(call, id, conditional, options);
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    lost = error;
  }
  const addsLinks = addedKeys(patch).size > 0;
  const read = { expand: addsLinks ? expandForLinks(options) : options.expand };
  let now = await getWorkItem(call, id, read);
  const hasFields = patch.some(({ path }) => path.startsWith('/fields/'));
  const isByLinks = now.rev === rev || !hasFields;
  if (isByLinks && namesLinksByPlace(patch)) throw lost;
  if (isByLinks && addsLinks && hasLinks(patch, now)) return now;
  if (now.rev === rev) {
    try {
      return await patchWorkItem(call, id, conditional, options);
    } catch (error) {
      // The first one may have been held back until after the look.
      if (!(error instanceof ConflictError)) throw error;
    }
    now = await getWorkItem(call, id, read);
  }
  if (await madeNextRevision(call, id, rev, patch)) return now;
  throw new ConflictError(
    `Work item ${id} is at revision ${now.rev}, and the response to a change of revision ${rev} was lost.`,
    { service: SERVICE },
  );
}
