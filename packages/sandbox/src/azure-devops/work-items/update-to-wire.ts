import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import { identityText } from '../organization/person.ts';
import { allFields } from './all-fields.ts';
import { FAR_FUTURE, projectUrl, wireDate } from './wire.ts';
import { relationToWire } from './work-item-to-wire.ts';
import type { Fields, Update, WorkItem } from './work-item.ts';

/** A step of the history; fields and relations are there only where the step changed some. */
export function updateToWire(organization: Organization, item: WorkItem, update: Update): JsonObject {
  const fields = update.isRevision ? fieldChanges(organization, item, update.rev) : undefined;
  const relations = relationChanges(update);
  const next = item.revisions[update.rev];
  const revised = update.isRevision ? (next ? wireDate(next.at) : FAR_FUTURE) : wireDate(update.at);
  const inProject = projectUrl(organization, organization.projectOf(item));
  return {
    id: update.id,
    workItemId: item.id,
    rev: update.rev,
    revisedBy: { ...update.by, name: identityText(update.by) },
    revisedDate: revised,
    ...(fields && { fields }),
    ...(relations && { relations }),
    url: `${inProject}/workItems/${item.id}/updates/${update.id}`,
  };
}

function fieldChanges(organization: Organization, item: WorkItem, rev: number): JsonObject {
  return changesBetween(fieldsAt(organization, item, rev - 1), fieldsAt(organization, item, rev));
}

/** From each field that differs to its old and new value; what was cleared has no new one. */
export function changesBetween(before: JsonObject | Fields, after: JsonObject | Fields): JsonObject {
  const changes: JsonObject = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const oldValue = before[name];
    const newValue = after[name];
    if (JSON.stringify(oldValue) === JSON.stringify(newValue)) continue;
    changes[name] = {
      ...(oldValue !== undefined && { oldValue }),
      ...(newValue !== undefined && { newValue }),
    };
  }
  return changes;
}

export function fieldsAt(organization: Organization, item: WorkItem, rev: number): Fields {
  const revision = item.revisions[rev - 1];
  return revision ? allFields(organization, item, revision) : {};
}

function relationChanges({ added, removed, updated }: Update): JsonObject | undefined {
  if (added.length + removed.length + updated.length === 0) return undefined;
  return {
    ...(added.length > 0 && { added: added.map(relationToWire) }),
    ...(removed.length > 0 && { removed: removed.map(relationToWire) }),
    ...(updated.length > 0 && { updated: updated.map(relationToWire) }),
  };
}
