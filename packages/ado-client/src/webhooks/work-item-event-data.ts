import { isObject, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import type { WorkItemFields } from '../model/fields.ts';
import { readIdentity } from '../model/identity.ts';
import type { WorkItemRelation } from '../model/work-item.ts';
import type { WorkItemCommentedData, WorkItemEventData, WorkItemUpdatedData } from './ado-webhook-event.ts';
import type { Delivery } from './delivery.ts';

type Resource = Record<string, unknown>;

function container(delivery: Delivery, name: string, member: string): string | undefined {
  const found = delivery.resourceContainers[name];
  const value = isObject(found) ? found[member] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The URL of the collection, or the account; it ends with a slash, and so may the project's, which is the same. Organizations that
 * have kept their old URL have the spelling of `AdoClient.organizationUrl`.
 */
function organizationUrl(delivery: Delivery): string | undefined {
  const names = ['collection', 'account', 'project'];
  return names
    .map((name) => container(delivery, name, 'baseUrl'))
    .find(Boolean)
    ?.replace(/(?<!\/)\/+$/, '')
    .replace(/^https:\/\/([^./]+)\.visualstudio\.com(?:\/DefaultCollection)?$/i, 'https://dev.azure.com/$1');
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** In an update `resource.fields` holds what changed; the item is in `resource.revision`. */
function fieldsIn({ fields, revision }: Resource, eventType: string): WorkItemFields {
  if (eventType !== 'workitem.updated') return isObject(fields) ? fields : {};
  return isObject(revision) && isObject(revision['fields']) ? revision['fields'] : {};
}

export function eventData(delivery: Delivery, resource: Resource, workItemId: number): WorkItemEventData {
  const fields = fieldsIn(resource, delivery.eventType);
  const known = omitUndefined({
    rev: number(resource['rev']),
    actor: readIdentity(resource['revisedBy']) ?? readIdentity(fields['System.ChangedBy']),
    subscriptionId: delivery.subscriptionId,
    projectId: container(delivery, 'project', 'id'),
    collectionId: container(delivery, 'collection', 'id'),
    organizationUrl: organizationUrl(delivery),
    message: delivery.message,
  });
  return { workItemId, fields, ...known };
}

function relations(resource: Resource, name: string): WorkItemRelation[] {
  const all = resource['relations'];
  const some = isObject(all) ? all[name] : undefined;
  return Array.isArray(some) ? (some.filter(isObject) as object[] as WorkItemRelation[]) : [];
}

export function updatedData(data: WorkItemEventData, resource: Resource): WorkItemUpdatedData {
  const { fields } = resource;
  const changed = Object.entries(isObject(fields) ? fields : {}).flatMap(([name, change]) => {
    if (!isObject(change)) return [];
    const { oldValue, newValue } = change;
    return [[name, omitUndefined({ from: oldValue, to: newValue })] as const];
  });
  return {
    ...data,
    changes: Object.fromEntries(changed),
    relations: {
      added: relations(resource, 'added'),
      removed: relations(resource, 'removed'),
      updated: relations(resource, 'updated'),
    },
  };
}

export function commentedData(data: WorkItemEventData, resource: Resource): WorkItemCommentedData {
  const version = resource['commentVersionRef'];
  const ref = isObject(version) ? version : {};
  const comment = omitUndefined({
    id: number(ref['commentId']),
    version: number(ref['version']),
    text: data.fields['System.History'],
  });
  return { ...data, comment };
}

/** An id, which comes as a number or as text (Swagger examples of the recycle bin). */
function positive(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function inUrl(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const id = /\/_apis\/wit\/(?:workitems|recyclebin)\/(\d+)(?=\/|\?|$)/i.exec(value)?.[1];
  return positive(id);
}

function linked({ _links }: Resource, name: string): number | undefined {
  const link = isObject(_links) ? _links[name] : undefined;
  return isObject(link) ? inUrl(link['href']) : undefined;
}

/**
 * The item that a delivery is about. An update has its own number in `resource.id`, and in recorded deliveries a
 * `workItemId` of 0; minimal ones have little more than links (docs/facts/azure-devops.md#service-hooks).
 */
export function workItemIdIn(resource: Resource, eventType: string): number | undefined {
  const { revision } = resource;
  const own = eventType === 'workitem.updated' ? undefined : positive(resource['id']);
  return (
    positive(resource['workItemId']) ??
    own ??
    (isObject(revision) ? (positive(revision['id']) ?? inUrl(revision['url'])) : undefined) ??
    linked(resource, 'parent') ??
    inUrl(resource['url']) ??
    linked(resource, 'self')
  );
}
