import { isObject } from '../input/checked-object.ts';
import { defined } from '../input/defined.ts';
import type { WorkItemFields } from '../work-items/fields.ts';
import { identityOf } from '../work-items/identity.ts';
import type { WorkItemRelation } from '../work-items/work-item.ts';
import type { WorkItemCommentedData, WorkItemEventData, WorkItemUpdatedData } from './ado-webhook-event.ts';
import type { Delivery } from './delivery.ts';

type Resource = Record<string, unknown>;

function container(delivery: Delivery, name: string, member: string): string | undefined {
  const found = delivery.resourceContainers?.[name];
  const value = isObject(found) ? found[member] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The URL of the collection, or the account; it ends with a slash, and so may the project's, which is the same. */
function organizationUrl(delivery: Delivery): string | undefined {
  const names = ['collection', 'account', 'project'];
  return names
    .map((name) => container(delivery, name, 'baseUrl'))
    .find(Boolean)
    ?.replace(/\/+$/, '');
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
  const known = defined({
    rev: number(resource['rev']),
    actor: identityOf(resource['revisedBy']) ?? identityOf(fields['System.ChangedBy']),
    subscriptionId: delivery.subscriptionId ?? undefined,
    projectId: container(delivery, 'project', 'id'),
    collectionId: container(delivery, 'collection', 'id'),
    organizationUrl: organizationUrl(delivery),
    message: delivery.message?.text ?? undefined,
  });
  return { workItemId, fields, ...known };
}

function relations(resource: Resource, name: string): WorkItemRelation[] {
  const all = resource['relations'];
  const some = isObject(all) ? all[name] : undefined;
  return Array.isArray(some) ? (some as WorkItemRelation[]) : [];
}

export function updatedData(data: WorkItemEventData, resource: Resource): WorkItemUpdatedData {
  const { fields } = resource;
  const changed = Object.entries(isObject(fields) ? fields : {}).flatMap(([name, change]) => {
    if (!isObject(change)) return [];
    const { oldValue, newValue } = change;
    return [[name, defined({ from: oldValue, to: newValue })] as const];
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
  const comment = defined({
    id: number(ref['commentId']),
    version: number(ref['version']),
    text: data.fields['System.History'],
  });
  return { ...data, comment };
}
