import type { Organization } from '../organization/organization.ts';
import type { IdentityRef } from '../organization/person.ts';
import { addUpdate, current, type WorkItem } from './work-item.ts';

/** Puts an item into the recycle bin: a revision of its own. */
export function recycle(organization: Organization, item: WorkItem, by: IdentityRef, notify = true): void {
  item.deletion = { by, at: organization.clock.now() };
  addPlainRevision(organization, item, by);
  if (notify) organization.onChange({ kind: 'deleted', item });
}

/** Takes an item out of the recycle bin again. */
export function restore(organization: Organization, item: WorkItem, by: IdentityRef): void {
  item.deletion = undefined;
  addPlainRevision(organization, item, by);
  organization.onChange({ kind: 'restored', item });
}

/** Ends an item for good, with the links that others have to it. */
export function destroy(organization: Organization, item: WorkItem): void {
  organization.items.delete(item.id);
  for (const { target } of item.relations) {
    const other = target === undefined ? undefined : organization.items.get(target);
    if (other) other.relations = other.relations.filter((relation) => relation.target !== item.id);
  }
}

function addPlainRevision(organization: Organization, item: WorkItem, by: IdentityRef): void {
  const { fields, markdown } = current(item);
  const { 'System.History': _said, ...carriedOn } = fields;
  const at = organization.clock.now();
  item.revisions.push({
    rev: item.revisions.length + 1,
    fields: carriedOn,
    markdown,
    relations: item.relations,
    at,
    by,
    watermark: organization.nextWatermark(),
  });
  addUpdate(item, { by, at, isRevision: true, added: [], removed: [], updated: [] });
}
