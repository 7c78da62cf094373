import type { JsonObject } from '../../json.ts';
import type { ApiVersion } from '../api/api-version.ts';
import { fieldNotFound } from '../failures.ts';
import { findField } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { allFields, coreFields } from './all-fields.ts';
import type { Draft } from './draft.ts';
import { projectUrl, webUrl, workItemUrl } from './wire.ts';
import { current, type Relation, type Revision, textField, type WorkItem } from './work-item.ts';

/** What an answer shows of a work item. */
export interface View {
  readonly version: ApiVersion;
  readonly revision?: Revision;
  /** Only these fields, by reference name in any case. */
  readonly only?: readonly string[];
  readonly relations: boolean;
  readonly allFields: boolean;
  readonly links: boolean;
}

export function workItemToWire(organization: Organization, item: WorkItem, view: View): JsonObject {
  const revision = view.revision ?? current(item);
  const isCurrent = revision === current(item);
  const relations = isCurrent ? item.relations : revision.relations;
  const fields = fieldsOf(organization, item, { ...revision, relations }, view);
  const formats = [...revision.markdown].filter((name) => name in fields).map((name) => [name, 'markdown']);
  return {
    id: item.id,
    rev: revision.rev,
    fields,
    ...(view.version.number >= 72 &&
      formats.length > 0 && { multilineFieldsFormat: Object.fromEntries(formats) }),
    ...(view.relations && relations.length > 0 && { relations: relations.map(relationToWire) }),
    ...(view.links && { _links: linksOf(organization, item) }),
    url: workItemUrl(organization, item.id) + (isCurrent ? '' : `/revisions/${revision.rev}`),
  };
}

export function relationToWire({ rel, url, attributes }: Relation): JsonObject {
  return { rel, url, attributes };
}

function fieldsOf(organization: Organization, item: WorkItem, revision: Revision, view: View): JsonObject {
  if (!view.only)
    return view.allFields
      ? { ...allFields(organization, item, revision) }
      : { ...coreFields(item, revision) };
  const everything = allFields(organization, item, revision);
  const chosen: JsonObject = {};
  for (const name of view.only) {
    const field = findField(name);
    if (!field) throw fieldNotFound(name);
    const value = everything[field.referenceName];
    if (value !== undefined) chosen[field.referenceName] = value;
  }
  return chosen;
}

function linksOf(organization: Organization, item: WorkItem): JsonObject {
  const url = workItemUrl(organization, item.id);
  const inProject = projectUrl(organization, organization.projectOf(item));
  const type = encodeURIComponent(textField(current(item).fields, 'System.WorkItemType'));
  return {
    self: { href: url },
    workItemUpdates: { href: `${url}/updates` },
    workItemRevisions: { href: `${url}/revisions` },
    workItemComments: { href: `${inProject}/workItems/${item.id}/comments` },
    html: { href: webUrl(organization, item.id) },
    workItemType: { href: `${inProject}/workItemTypes/${type}` },
    fields: { href: `${inProject}/fields` },
  };
}

/** An item that is not saved: it has no id and no revision. */
export function draftToWire(organization: Organization, { fields, relations, project }: Draft): JsonObject {
  const base = projectUrl(organization, project);
  const type = encodeURIComponent(textField(fields, 'System.WorkItemType'));
  return {
    fields: { ...fields },
    ...(relations.length > 0 && { relations: relations.map(relationToWire) }),
    _links: { workItemType: { href: `${base}/workItemTypes/${type}` }, fields: { href: `${base}/fields` } },
    url: `${base}/workItems`,
  };
}
