import { isObject } from '../input/checked-object.ts';

type Resource = Record<string, unknown>;

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function inUrl(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const id = /\/_apis\/wit\/(?:workitems|recyclebin)\/(\d+)(?=\/|\?|$)/i.exec(value)?.[1];
  return positive(Number(id));
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
