import type { JsonValue } from '../../json.ts';
import { patchFailed } from '../failures.ts';
import type { Organization } from '../organization/organization.ts';
import type { Draft } from '../work-items/draft.ts';
import { checkLink } from './check-link.ts';
import type { PatchOperation, TemporaryIds } from './patch-operation.ts';
import { readRelation } from './read-relation.ts';

/** Adds a link at the end, or removes one or edits its comment by its index. */
export function patchRelation(
  organization: Organization,
  draft: Draft,
  { op, path, value }: PatchOperation,
  [place = '', ...inside]: readonly string[],
  temporaryIds: TemporaryIds,
): void {
  if (op === 'add' && place === '-' && inside.length === 0) {
    const relation = readRelation(organization, value, temporaryIds);
    checkLink(organization, draft, relation);
    draft.relations.push(relation);
    return;
  }
  const index = indexOf(draft, place, path);
  if (op === 'remove' && inside.length === 0) {
    draft.relations.splice(index, 1);
  } else if (['add', 'replace'].includes(op) && inside.join('/').toLowerCase() === 'attributes/comment') {
    setComment(draft, index, value);
  } else {
    throw patchFailed(`The operation ${op} is not supported for the path ${path}.`);
  }
}

function indexOf({ relations }: Draft, place: string, path: string): number {
  const index = /^\d+$/.test(place) ? Number(place) : Number.NaN;
  if (!(index < relations.length)) throw patchFailed(`Index out of range for path ${path}.`);
  return index;
}

function setComment(draft: Draft, index: number, value: JsonValue): void {
  const relation = draft.relations[index];
  if (!relation) return;
  draft.relations[index] = { ...relation, attributes: { ...relation.attributes, comment: value } };
}
