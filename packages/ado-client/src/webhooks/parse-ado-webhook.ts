import { checkOptions, isObject, parseInstant, readWebhookBody } from '@context-sdk/oauth-core/client-kit';
import type { AdoWebhookEvent } from './ado-webhook-event.ts';
import { type Delivery, deliveryIn } from './delivery.ts';
import { commentedData, eventData, updatedData, workItemIdIn } from './work-item-event-data.ts';

/** An update has each long text up to three times: before, after and in its revision, of a million characters each. */
const MAX_BYTES = 16 * 1_048_576;

/** One delivery's own name, by which a second one can be told. */
function deliveryId({ subscriptionId, notificationId, id }: Delivery): string | undefined {
  return subscriptionId && notificationId ? `${subscriptionId}/${notificationId}` : id;
}

function typedEvent(
  delivery: Delivery,
  common: Omit<AdoWebhookEvent, 'type' | 'data'>,
): AdoWebhookEvent | undefined {
  const { eventType, resource } = delivery;
  if (!isObject(resource)) return undefined;
  const workItemId = workItemIdIn(resource, eventType);
  if (workItemId === undefined) return undefined;
  const data = eventData(delivery, resource, workItemId);
  switch (eventType) {
    case 'workitem.created':
    case 'workitem.deleted':
    case 'workitem.restored':
      return { ...common, type: eventType, data };
    case 'workitem.updated':
      return { ...common, type: eventType, data: updatedData(data, resource) };
    case 'workitem.commented':
      return { ...common, type: eventType, data: commentedData(data, resource) };
    default:
      return undefined;
  }
}

/**
 * Reads a delivery of a service hook, from bytes, text or what a body parser made of them. `verified` is what you say it
 * is, after {@link verifyAdoWebhook}. `id` tells second deliveries of the same event. An event of another type, and one
 * that tells no item (`resourceDetails: 'none'`), is kept as `unknown`: answer it with success as well. What else can't be
 * read is left out. Throws {@link WebhookParseError} for what is no delivery.
 */
export function parseAdoWebhook(
  body: unknown,
  options?: { verified?: boolean | undefined },
): AdoWebhookEvent {
  checkOptions(options, { verified: 'boolean' });
  const raw = readWebhookBody(body, { service: 'azure-devops', maxBytes: MAX_BYTES });
  const delivery = deliveryIn(raw);
  const id = deliveryId(delivery);
  const at = parseInstant(delivery.createdDate);
  const common = {
    source: 'azure-devops',
    verified: options?.verified ?? false,
    raw,
    ...(id !== undefined && { id }),
    ...(at !== undefined && { at }),
  } as const;
  const { eventType: event, resource: data } = delivery;
  return typedEvent(delivery, common) ?? { ...common, type: 'unknown', event, data };
}
