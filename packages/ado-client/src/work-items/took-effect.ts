import { identityOf } from './identity.ts';
import type { PatchOperation } from './patch-operation.ts';
import { changedTags, joinTags } from './tags.ts';
import { tagsOf, type WorkItem } from './work-item.ts';

/** Texts of markup, times and paths may come back spelled another way; what can't be recognised has not happened. */
function isAlike(written: unknown, stored: unknown): boolean {
  if (written === stored) return true;
  const person = identityOf(written);
  const other = identityOf(stored);
  const names = new Set([person?.uniqueName, person?.displayName].map((name) => name?.toLowerCase()));
  return [other?.uniqueName, other?.displayName].some(
    (name) => name !== undefined && names.has(name.toLowerCase()),
  );
}

function hasTags(operation: PatchOperation, item: Pick<WorkItem, 'fields'>): boolean {
  if (operation.op === 'remove') return tagsOf(item).length === 0;
  const written = tagsOf({ fields: { 'System.Tags': String(operation.value) } });
  const present = tagsOf(item);
  const sorted = (tags: readonly string[]): string => joinTags(tags.toSorted()).toLowerCase();
  if (operation.op === 'replace') return sorted(written) === sorted(present);
  return sorted(changedTags(present, { add: written })) === sorted(present);
}

/** Whether a revision of an item holds everything that a patch writes into fields. */
export function tookEffect(patch: readonly PatchOperation[], revision: Pick<WorkItem, 'fields'>): boolean {
  return patch.every((operation) => {
    if (!operation.path.startsWith('/fields/')) return true;
    const name = operation.path.slice('/fields/'.length);
    if (name === 'System.Tags') return hasTags(operation, revision);
    const stored = revision.fields[name];
    return operation.op === 'remove' || operation.value === ''
      ? stored === undefined
      : isAlike(operation.value, stored);
  });
}
