import { relationKey } from '../model/relation.ts';
import type { WorkItem, WorkItemRelation } from '../model/work-item.ts';
import type { AdoCall } from '../wire.ts';
import { readUpdates, type WorkItemUpdate } from './history.ts';

/** The links after an update, given those before it. */
function applied(keys: ReadonlySet<string>, { relations = {} }: WorkItemUpdate): Set<string> {
  const after = new Set(keys);
  for (const relation of relations.removed ?? []) after.delete(relationKey(relation));
  for (const relation of relations.added ?? []) after.add(relationKey(relation));
  return after;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key));
}

/**
 * The links that a patch took away, found in the item's history by what it left: the last update behind which the item
 * has the links that the response to the patch had, and which took away that many.
 */
export async function removalBehind(
  call: AdoCall,
  after: WorkItem,
  count: number,
): Promise<WorkItemRelation[]> {
  const wanted = new Set((after.relations ?? []).map(relationKey));
  let keys = new Set<string>();
  let previous: WorkItemRelation[] = [];
  let found: WorkItemRelation[] = [];
  for await (const update of readUpdates(call, after.id)) {
    const removed = update.relations?.removed ?? [];
    keys = applied(keys, update);
    // Pages and files on the one hand, items on the other are two updates of one patch.
    const both = removed.length < count ? [...previous, ...removed] : removed;
    if (both.length === count && isSame(keys, wanted)) found = both;
    previous = removed;
  }
  return found;
}
