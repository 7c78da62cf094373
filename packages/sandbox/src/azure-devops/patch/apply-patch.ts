import type { JsonValue } from '../../json.ts';
import { fieldNotFound, patchFailed, testFailed } from '../failures.ts';
import { findField } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { setBoardPlace } from '../work-items/board-place.ts';
import type { Draft } from '../work-items/draft.ts';
import { setField } from '../work-items/set-field.ts';
import { current } from '../work-items/work-item.ts';
import { applyFormats } from './patch-formats.ts';
import type { PatchOperation, TemporaryIds } from './patch-operation.ts';
import { patchRelation } from './patch-relation.ts';

/** Applies a document to a draft, step by step; whatever fails, fails all of it. */
export function applyPatch(
  organization: Organization,
  draft: Draft,
  patch: readonly PatchOperation[],
  temporaryIds: TemporaryIds = new Map(),
): void {
  for (const operation of patch) {
    const [, root = '', ...rest] = operation.path.split('/');
    switch (root.toLowerCase()) {
      case 'fields':
        patchField(organization, draft, operation, rest.join('/'));
        break;
      case 'relations':
        patchRelation(organization, draft, operation, rest, temporaryIds);
        break;
      case 'rev':
        testRev(draft, operation);
        break;
      case 'multilinefieldsformat':
        break;
      case 'id':
        if (draft.item) throw patchFailed('The id of a work item cannot be changed.');
        break;
      default:
        throw patchFailed(`The path ${operation.path} cannot be patched.`);
    }
  }
  applyFormats(draft, patch);
}

function patchField(
  organization: Organization,
  draft: Draft,
  { op, path, value }: PatchOperation,
  name: string,
): void {
  if (setBoardPlace(draft, name, value)) return;
  const field = findField(name);
  if (!field) throw fieldNotFound(name);
  switch (op) {
    case 'add':
    case 'replace':
      setField(organization, draft, field, value, op);
      break;
    case 'remove':
      setField(organization, draft, field, null, 'replace');
      break;
    case 'test':
      if (!isEqual(draft.fields[field.referenceName] ?? null, value)) throw testFailed(path);
      break;
    default:
      throw patchFailed(`The operation ${op} is not supported for the path ${path}.`);
  }
}

function testRev({ item }: Draft, { op, path, value }: PatchOperation): void {
  if (op !== 'test') throw patchFailed(`The operation ${op} is not supported for the path ${path}.`);
  if (!item || current(item).rev !== Number(value)) throw testFailed(path);
}

function isEqual(left: JsonValue, right: JsonValue): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
