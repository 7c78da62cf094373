import type { Relation } from './work-item.ts';

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
