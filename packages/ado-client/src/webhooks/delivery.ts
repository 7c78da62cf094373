import { isObject, textOf } from '@context-sdk/oauth-core/client-kit';
import { WebhookParseError } from '@context-sdk/oauth-core/errors';

/** What a delivery tells. Whatever can be switched off may be absent, and what can't be read is: none of it keeps the event back. */
export interface Delivery {
  eventType: string;
  id: string | undefined;
  subscriptionId: string | undefined;
  /** A number; as text it counts, too. */
  notificationId: string | undefined;
  createdDate: unknown;
  message: string | undefined;
  resource: unknown;
  resourceContainers: Record<string, unknown>;
}

function misfit(field: string): WebhookParseError {
  return new WebhookParseError(`The webhook does not fit: ${field} is missing or not what it should be.`, {
    service: 'azure-devops',
    field,
  });
}

function textIn(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

/** Throws {@link WebhookParseError} for what is no object, and for one that names no type of event. */
export function deliveryIn(body: unknown): Delivery {
  if (!isObject(body)) throw misfit('body');
  const eventType = textIn(body['eventType']);
  if (eventType === undefined) throw misfit('eventType');
  const { notificationId, createdDate, message, resource, resourceContainers } = body;
  return {
    eventType,
    id: textIn(body['id']),
    subscriptionId: textIn(body['subscriptionId']),
    notificationId: Number.isFinite(notificationId) ? String(notificationId) : textIn(notificationId),
    createdDate,
    message: isObject(message) ? textOf(message['text']) : undefined,
    resource,
    resourceContainers: isObject(resourceContainers) ? resourceContainers : {},
  };
}
