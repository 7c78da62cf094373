import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import type { WorkItemChange } from '../work-items/work-item-change.ts';
import { chosenMessage, eventMessages } from './event-messages.ts';
import { eventResource } from './event-resource.ts';
import type { Subscription } from './subscription.ts';

/** The body of a notification, as real deliveries of 2025 have it. */
export function eventPayload(
  organization: Organization,
  subscription: Subscription,
  change: WorkItemChange,
  notification: { id: string; number: number },
): JsonObject {
  const { consumerInputs, eventType, resourceVersion } = subscription;
  const {
    messagesToSend = 'all',
    detailedMessagesToSend = 'all',
    resourceDetailsToSend = 'all',
  } = consumerInputs;
  const { message, detailedMessage } = eventMessages(organization, change);
  const resource = chosenResource(eventResource(organization, change), resourceDetailsToSend);
  return {
    subscriptionId: subscription.id,
    notificationId: notification.number,
    id: notification.id,
    eventType,
    publisherId: 'tfs',
    message: chosenMessage(message, messagesToSend),
    detailedMessage: chosenMessage(detailedMessage, detailedMessagesToSend),
    ...(resource && { resource }),
    resourceVersion,
    resourceContainers: containersOf(organization, change),
    createdDate: `${new Date(organization.clock.now()).toISOString().slice(0, -1)}0000Z`,
  };
}

/** `minimal` keeps key fields like URL and id, by Microsoft's documentation; which else is the sandbox's choice. */
function chosenResource(resource: JsonObject, wanted: string): JsonObject | undefined {
  if (wanted === 'none') return undefined;
  if (wanted !== 'minimal') return resource;
  const kept = ['id', 'workItemId', 'rev', 'url'].filter((name) => name in resource);
  return Object.fromEntries(kept.map((name) => [name, resource[name] ?? null]));
}

function containersOf(organization: Organization, { item }: WorkItemChange): JsonObject {
  const baseUrl = `${organization.url}/`;
  return {
    collection: { id: organization.id, baseUrl },
    account: { id: organization.id, baseUrl },
    project: { id: organization.projectOf(item).id, baseUrl },
  };
}
