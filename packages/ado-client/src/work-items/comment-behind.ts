import { readLinkUpdates } from '../history/history.ts';
import { relationKey, relationsIn } from '../model/relation.ts';
import type { WorkItem, WorkItemRelation } from '../model/work-item.ts';
import type { AdoCall } from '../wire.ts';
import { keysOf, type LinkPlan } from './link-differences.ts';

/**
 * Links that came after the item was read and got a comment that a patch meant for another, with the comments that the
 * history has of them before. One that came with that comment keeps it.
 */
export async function commentedUnseen(
  call: AdoCall,
  before: WorkItem,
  after: WorkItem,
  plan: LinkPlan,
): Promise<WorkItemRelation[]> {
  const known = new Set([...keysOf(before), ...plan.addedKeys]);
  const written = new Set(plan.comments.map(({ comment }) => comment));
  const unseen = relationsIn(after.relations).filter(
    (relation) => !known.has(relationKey(relation)) && written.has(relation.attributes?.comment),
  );
  if (unseen.length === 0) return [];
  const past = new Map<string, WorkItemRelation[]>();
  for (const { added, updated } of await readLinkUpdates(call, after.id, before.rev - 1)) {
    for (const relation of [...added, ...updated]) {
      const key = relationKey(relation);
      past.set(key, [...(past.get(key) ?? []), relation]);
    }
  }
  return unseen.flatMap((relation) => past.get(relationKey(relation))?.at(-2) ?? []);
}
