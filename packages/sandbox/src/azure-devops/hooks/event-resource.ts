import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import { identityText } from '../organization/person.ts';
import { coreFields } from '../work-items/all-fields.ts';
import { changesBetween, fieldsAt, updateToWire } from '../work-items/update-to-wire.ts';
import { projectUrl, webUrl, workItemUrl } from '../work-items/wire.ts';
import { relationToWire } from '../work-items/work-item-to-wire.ts';
import { current, type Fields, type WorkItem, type WorkItemChange } from '../work-items/work-item.ts';

/** The `resource` of an event: the item with flat fields, or for an update what changed from what to what. */
export function eventResource(organization: Organization, change: WorkItemChange): JsonObject {
  const { item } = change;
  switch (change.kind) {
    case 'updated':
      return updateResource(organization, change);
    case 'deleted':
      return { ...flat(organization, item), url: `${organization.url}/_apis/wit/recyclebin/${item.id}` };
    case 'commented':
      return commentResource(organization, item, change.text, change.commentId);
    default:
      return flat(organization, item);
  }
}

/** Identities are texts in every event, as resource version 1.0 has them. */
export function withIdentityTexts(fields: Fields): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'object' ? identityText(value) : value,
    ]),
  );
}

function flat(organization: Organization, item: WorkItem): JsonObject {
  const revision = { ...current(item), relations: item.relations };
  const url = workItemUrl(organization, item.id);
  return {
    id: item.id,
    rev: revision.rev,
    fields: withIdentityTexts(coreFields(item, revision)),
    ...(item.relations.length > 0 && { relations: item.relations.map(relationToWire) }),
    ...formatsOf(item),
    _links: {
      self: { href: url },
      workItemUpdates: { href: `${url}/updates` },
      workItemRevisions: { href: `${url}/revisions` },
      html: { href: webUrl(organization, item.id) },
    },
    url,
  };
}

function updateResource(
  organization: Organization,
  { item, update }: Extract<WorkItemChange, { kind: 'updated' }>,
): JsonObject {
  const wire = updateToWire(organization, item, update);
  const url = `${projectUrl(organization, organization.projectOf(item))}/workItems/${item.id}`;
  return {
    ...wire,
    ...(update.isRevision && { fields: changedTexts(organization, item, update.rev) }),
    _links: {
      self: { href: `${url}/updates/${update.id}` },
      workItemUpdates: { href: `${url}/updates` },
      parent: { href: url },
      html: { href: webUrl(organization, item.id) },
    },
    revision: { ...flat(organization, item), url: `${url}/revisions/${update.rev}` },
  };
}

/** Like the history's changes, with identities as texts. */
function changedTexts(organization: Organization, item: WorkItem, rev: number): JsonObject {
  const [before, after] = [rev - 1, rev].map((one) => withIdentityTexts(fieldsAt(organization, item, one)));
  return changesBetween(before ?? {}, after ?? {});
}

function commentResource(
  organization: Organization,
  item: WorkItem,
  text: string,
  commentId: number,
): JsonObject {
  const resource = flat(organization, item);
  const { fields } = resource;
  const url = `${projectUrl(organization, organization.projectOf(item))}/workItems/${item.id}/comments/${commentId}`;
  return {
    ...resource,
    commentVersionRef: { commentId, version: 1, url: `${url}/versions/1` },
    fields: { ...(typeof fields === 'object' && fields), 'System.History': text },
  };
}

function formatsOf(item: WorkItem): JsonObject {
  const { markdown } = current(item);
  if (markdown.size === 0) return {};
  return { multilineFieldsFormat: Object.fromEntries([...markdown].map((name) => [name, 'markdown'])) };
}
