import { invalid } from '../errors.ts';
import { checkedId, checkList, checkObject } from '../input.ts';
import {
  checkRelationRef,
  isThatRelation,
  linksOf,
  relatedId,
  RELATION_TYPE,
  type RelationRef,
  wireRelation,
} from '../model/relation.ts';
import type { WorkItem } from '../model/work-item.ts';
import type { PatchOperation } from './field-operations.ts';
import type { RelationChanges } from './work-item-input.ts';

/** An item whose links are changed; `url` tells its organization. */
export type ItemWithRelations = Pick<WorkItem, 'relations' | 'url'>;

interface RelationInput {
  parent?: number | null | undefined;
  relations?: RelationChanges | undefined;
}

function checkRelations({ add = [], remove = [], comment = [] }: RelationChanges, at: string): void {
  for (const [name, list] of Object.entries({ add, remove, comment }))
    checkList(list, `${at}relations.${name}`);
  for (const [index, ref] of remove.entries()) checkRelationRef(ref, `${at}relations.remove[${index}]`);
  for (const [index, one] of comment.entries()) {
    checkObject(one, `${at}relations.comment[${index}]`);
    checkRelationRef(one.relation, `${at}relations.comment[${index}].relation`);
  }
}

function placesOf(ref: RelationRef, item: ItemWithRelations): number[] {
  // A bare place needs no look at the item.
  if (typeof ref === 'number') return [ref];
  return linksOf(item).flatMap((relation, index) =>
    isThatRelation(relation, index, ref, item.url) ? [index] : [],
  );
}

/** Whether the places of the links in question have to be looked up in the item as it is. */
export function needsRelations({ parent, relations = {} }: RelationInput): boolean {
  const refs = [...(relations.remove ?? []), ...(relations.comment ?? []).map((one) => one.relation)];
  return parent !== undefined || refs.some((ref) => typeof ref !== 'number');
}

/** Whether links are named by a place, which means something else in another revision. */
export function namesPlaces({ relations = {} }: RelationInput): boolean {
  const refs = [...(relations.remove ?? []), ...(relations.comment ?? []).map((one) => one.relation)];
  return refs.some((ref) => typeof ref === 'number');
}

/**
 * The same changes with links in the stead of their places, which are others as soon as somebody else changes links.
 * Throws {@link InvalidRequestError} for a place that the item does not have.
 */
export function withoutPlaces(relations: RelationChanges, item: ItemWithRelations): RelationChanges {
  const present = linksOf(item);
  const named = (ref: RelationRef, field: string): RelationRef => {
    if (typeof ref !== 'number') return ref;
    const relation = present[ref];
    if (relation === undefined)
      throw invalid(field, `is not a place in the item's ${present.length} relations`);
    return { rel: relation.rel, url: relation.url };
  };
  return {
    ...relations,
    remove: relations.remove?.map((ref, index) => named(ref, `relations.remove[${index}]`)),
    comment: relations.comment?.map((one, index) => ({
      ...one,
      relation: named(one.relation, `relations.comment[${index}].relation`),
    })),
  };
}

/** The changes to an item's links, given those it has. */
export function relationOperations(
  { parent, relations = {} }: RelationInput,
  item: ItemWithRelations,
  organizationUrl: string,
  at: string,
): PatchOperation[] {
  checkObject(relations, `${at}relations`);
  checkRelations(relations, at);
  if (parent !== undefined && parent !== null) checkedId(parent, `${at}parent`);
  const present = linksOf(item);
  const above = parent === undefined ? [] : placesOf({ rel: RELATION_TYPE.parent }, item);
  const stays = above.some((place) => parent === relatedId(present[place] ?? { url: '' }));
  const removed = (relations.remove ?? []).flatMap((ref) => placesOf(ref, item));
  const places = [...new Set([...(stays ? [] : above), ...removed])].toSorted((one, other) => other - one);
  const commented = (relations.comment ?? []).flatMap(({ relation, comment }) =>
    placesOf(relation, item).map((place) => ({ place, comment })),
  );
  const added = (relations.add ?? []).map((relation, index) =>
    wireRelation(relation, organizationUrl, `${at}relations.add[${index}]`),
  );
  if (typeof parent === 'number' && !stays) {
    added.unshift(wireRelation({ rel: RELATION_TYPE.parent, id: parent }, organizationUrl, `${at}parent`));
  }
  return [
    ...commented.map(({ place, comment }) => replaced(`/relations/${place}/attributes/comment`, comment)),
    // From the end, since every removal moves the ones behind it.
    ...places.map((place) => ({ op: 'remove' as const, path: `/relations/${place}` })),
    ...added.map((value) => ({ op: 'add' as const, path: '/relations/-', value })),
  ];
}

function replaced(path: string, value: unknown): PatchOperation {
  return { op: 'replace', path, value };
}
