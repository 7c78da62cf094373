import type { Safety } from '@context-sdk/oauth-core/client-kit';
import { checkedExpand, type WireRead, type WorkItemWriteOptions } from '../model/options.ts';
import { reportOddLinks } from '../model/relation.ts';
import { isWorkItem, WORK_ITEM, type WorkItem } from '../model/work-item.ts';
import type { PatchOperation } from '../patches/field-operations.ts';
import { type AdoCall, sendByLibrary } from '../wire.ts';
import { isAboutPath, withSuggestion } from './path-suggestion.ts';
import { withReferenceName } from './reference-name.ts';

/** The most items of one request (VS403474). */
export const MAX_IN_BATCH = 200;

/** A write that is only validated changes nothing. */
function safetyOf({ validateOnly }: WorkItemWriteOptions): { safety: Safety } {
  return { safety: validateOnly ? 'safe' : 'unsafe' };
}

export async function getWorkItem(call: AdoCall, id: number, read: Partial<WireRead>): Promise<WorkItem> {
  const { fields, asOf, expand, project } = read;
  const query = { fields: fields?.join(','), asOf, $expand: expand };
  const response = await call.send('workItems.get', { params: { project, id }, query });
  const item = response.object<WorkItem>(WORK_ITEM);
  if (item.relations) reportOddLinks(response);
  return item;
}

/** Takes what an answer has in the place of an item. */
export type SkipItem = (item: unknown) => void;

/**
 * The items that exist, in the order of the ids; an item that is missing, or hidden from this user, is left out, and so is what
 * `skip` is given: what has no id, revision or fields.
 */
export async function getBatch(
  call: AdoCall,
  ids: readonly number[],
  read: WireRead,
  skip: SkipItem = () => {},
): Promise<WorkItem[]> {
  const { fields, asOf, expand, project } = read;
  const json = { ids, fields, asOf, $expand: expand, errorPolicy: 'omit' };
  const response = await call.send('workItems.getMany', { params: { project }, json });
  const list = response.member('value');
  const { value } = list;
  if (!Array.isArray(value)) return list.list(WORK_ITEM);
  const items = value.filter((item: unknown, index): item is WorkItem => {
    if (isWorkItem(item)) {
      if (item.relations) reportOddLinks(list.part(`[${index}]`, item));
      return true;
    }
    // What is null is missing.
    if (item === null) return false;
    list.skip(index);
    skip(item);
    return false;
  });
  // The service sorts them by id (docs/facts/azure-devops.md#work-items).
  const place = new Map(ids.map((id, index) => [id, index]));
  return items.toSorted((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
}

export async function createWorkItem(
  call: AdoCall,
  { project, type }: { project: string; type: string },
  patch: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): Promise<WorkItem> {
  const { validateOnly, bypassRules, suppressNotifications } = options;
  const expand = options.expand && checkedExpand(options.expand);
  try {
    const response = await sendByLibrary(
      call,
      'workItems.create',
      [{}, patch, project, type, validateOnly, bypassRules, suppressNotifications, expand],
      safetyOf(options),
    );
    // An item that was only validated has no id yet.
    return response.object(validateOnly ? { fields: 'object' } : WORK_ITEM);
  } catch (error) {
    if (!isAboutPath(error)) throw withReferenceName(error, patch);
    throw await withSuggestion(call, error, patch, { project });
  }
}

export async function patchWorkItem(
  call: AdoCall,
  id: number,
  patch: readonly PatchOperation[],
  options: WorkItemWriteOptions,
): Promise<WorkItem> {
  const { validateOnly, bypassRules, suppressNotifications } = options;
  const expand = options.expand && checkedExpand(options.expand);
  try {
    const response = await sendByLibrary(
      call,
      'workItems.update',
      [{}, patch, id, undefined, validateOnly, bypassRules, suppressNotifications, expand],
      safetyOf(options),
    );
    return response.object(WORK_ITEM);
  } catch (error) {
    if (!isAboutPath(error)) throw withReferenceName(error, patch);
    throw await withSuggestion(call, error, patch, { id });
  }
}

export async function getRevision(call: AdoCall, id: number, rev: number): Promise<WorkItem> {
  const response = await sendByLibrary(call, 'history.revision', [id, rev]);
  return response.object(WORK_ITEM);
}
