import type { Organization } from '../organization/organization.ts';
import type { IdentityRef } from '../organization/person.ts';
import { findRelationType } from './relation-types.ts';
import { workItemUrl } from './wire.ts';
import { addUpdate, type Relation, type WorkItem } from './work-item.ts';

/** What came, went and was edited. */
export interface RelationChanges {
  readonly added: readonly Relation[];
  readonly removed: readonly Relation[];
  readonly updated: readonly Relation[];
}

export function isWorkItemLink({ target }: Relation): boolean {
  return target !== undefined;
}

export function compareRelations(before: readonly Relation[], after: readonly Relation[]): RelationChanges {
  const was = new Map(before.map((relation) => [keyOf(relation), relation]));
  const is = new Map(after.map((relation) => [keyOf(relation), relation]));
  return {
    added: after.filter((relation) => !was.has(keyOf(relation))),
    removed: before.filter((relation) => !is.has(keyOf(relation))),
    updated: after.filter((relation) => {
      const old = was.get(keyOf(relation));
      return old !== undefined && JSON.stringify(old) !== JSON.stringify(relation);
    }),
  };
}

/** A link is the same link as long as its kind and its other end are. */
export function keyOf({ rel, url, target }: Relation): string {
  return `${rel} ${target ?? url}`;
}

/** Gives the work items at the other ends their side of the links; it makes no revision there either. */
export function linkOtherEnds(
  organization: Organization,
  item: WorkItem,
  changes: RelationChanges,
  by: IdentityRef,
): void {
  const at = organization.clock.now();
  const nothing = { added: [], removed: [], updated: [] };
  for (const link of changes.removed) {
    const { other, back } = otherEnd(organization, item, link);
    if (!other) continue;
    other.relations = other.relations.filter((relation) => keyOf(relation) !== keyOf(back));
    addUpdate(other, { by, at, isRevision: false, ...nothing, removed: [back] });
  }
  for (const link of changes.added) {
    const { other, back } = otherEnd(organization, item, link);
    if (!other) continue;
    other.relations = [...other.relations, back];
    addUpdate(other, { by, at, isRevision: false, ...nothing, added: [back] });
  }
  for (const link of changes.updated) {
    const { other, back } = otherEnd(organization, item, link);
    if (!other) continue;
    other.relations = other.relations.map((relation) => (keyOf(relation) === keyOf(back) ? back : relation));
    addUpdate(other, { by, at, isRevision: false, ...nothing, updated: [back] });
  }
}

function otherEnd(
  organization: Organization,
  item: WorkItem,
  link: Relation,
): { other: WorkItem | undefined; back: Relation } {
  const back: Relation = {
    rel: findRelationType(link.rel)?.opposite ?? link.rel,
    url: workItemUrl(organization, item.id),
    attributes: link.attributes,
    target: item.id,
  };
  return { other: organization.items.get(link.target ?? 0), back };
}
