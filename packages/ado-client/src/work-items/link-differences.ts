import { linksOf, relationKey, relationsIn } from '../model/relation.ts';
import type { WorkItem, WorkItemRelation } from '../model/work-item.ts';
import type { PatchOperation } from '../patches/field-operations.ts';

/** What a patch does to the links of an item as it was read. */
export interface LinkPlan {
  removed: WorkItemRelation[];
  comments: { relation: WorkItemRelation; comment: unknown }[];
  addedKeys: ReadonlySet<string>;
}

/** How an item differs from what a patch meant to make of it. */
export interface LinkDifferences {
  /** Links that were to stay and are gone, whoever took them. */
  missing: WorkItemRelation[];
  /** Links that got a comment that was meant for another, as they were before. */
  commented: WorkItemRelation[];
  /** Whether something that was to be done isn't. */
  isUnfinished: boolean;
}

const PLACE = /^\/relations\/(\d+)(\/attributes\/comment)?$/;

/** Whether a patch names links by their place in the list. */
export function namesLinksByPlace(patch: readonly PatchOperation[]): boolean {
  return patch.some(({ path }) => PLACE.test(path));
}

export function keysOf(item: Pick<WorkItem, 'relations'>): Set<string> {
  return new Set(linksOf(item).map(relationKey));
}

/** Removals go from the end, behind the comments, so all places are those of the item as it was read. */
export function linkPlan(patch: readonly PatchOperation[], item: WorkItem): LinkPlan {
  const relations = linksOf(item);
  const plan: LinkPlan = { removed: [], comments: [], addedKeys: addedKeys(patch) };
  for (const operation of patch) {
    const [, place, isComment] = PLACE.exec(operation.path) ?? [];
    const relation = place === undefined ? undefined : relations[Number(place)];
    if (relation === undefined) continue;
    if (isComment === undefined) plan.removed.push(relation);
    else if ('value' in operation) plan.comments.push({ relation, comment: operation.value });
  }
  return plan;
}

/** The links that a patch adds. */
export function addedKeys(patch: readonly PatchOperation[]): Set<string> {
  return new Set(patch.flatMap(addedKey));
}

function addedKey(operation: PatchOperation): string[] {
  if (operation.path !== '/relations/-' || !('value' in operation)) return [];
  return [relationKey(operation.value as WorkItemRelation)];
}

/** Compares what is with what should be. Links that others added meanwhile are no difference. */
export function linkDifferences(plan: LinkPlan, before: WorkItem, after: WorkItem): LinkDifferences {
  const present = new Map(relationsIn(after.relations).map((relation) => [relationKey(relation), relation]));
  const removed = new Set(plan.removed.map(relationKey));
  const commentOf = (key: string): unknown => present.get(key)?.attributes?.comment;
  const meant = new Set(plan.comments.map(({ relation }) => relationKey(relation)));
  const written = new Set(plan.comments.map(({ comment }) => comment));
  const others = relationsIn(before.relations).filter((relation) => !removed.has(relationKey(relation)));
  return {
    missing: others.filter((relation) => !present.has(relationKey(relation))),
    commented: others.filter((relation) => {
      const now = commentOf(relationKey(relation));
      return !meant.has(relationKey(relation)) && now !== relation.attributes?.comment && written.has(now);
    }),
    isUnfinished:
      [...removed].some((key) => present.has(key) && !plan.addedKeys.has(key)) ||
      [...plan.addedKeys].some((key) => !present.has(key)) ||
      plan.comments.some(({ relation, comment }) => {
        const key = relationKey(relation);
        return present.has(key) && commentOf(key) !== comment;
      }),
  };
}
