import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import { webUrl } from '../work-items/wire.ts';
import { current, textField, type WorkItemChange } from '../work-items/work-item.ts';
import { eventResource } from './event-resource.ts';
import type { Subscription } from './subscriptions.ts';

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

/** The `message` and `detailedMessage` of an event, in three forms each. */
function eventMessages(
  organization: Organization,
  change: WorkItemChange,
): { message: JsonObject; detailedMessage: JsonObject } {
  const { item, kind } = change;
  const { fields, by } = current(item);
  const what = `${textField(fields, 'System.WorkItemType')} #${item.id}`;
  const rest = `(${textField(fields, 'System.Title')}) ${VERBS[kind]} by ${by.displayName}`;
  const link = webUrl(organization, item.id);
  const message = {
    text: `${what} ${rest}\r\n(${link})`,
    html: `<a href="${escapeHtml(link)}">${what}</a> ${escapeHtml(rest)}`,
    markdown: `[${what}](${link}) ${rest}`,
  };
  const details = [
    `Area: ${textField(fields, 'System.AreaPath')}`,
    `Iteration: ${textField(fields, 'System.IterationPath')}`,
    `State: ${textField(fields, 'System.State')}`,
  ];
  return {
    message,
    detailedMessage: {
      text: `${message.text}\r\n\r\n${details.map((line) => `- ${line}\r\n`).join('')}`,
      html: `${message.html}<ul>${details.map((line) => `\r\n<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
      markdown: `${message.markdown}\r\n\r\n${details.map((line) => `* ${line}\r\n`).join('')}`,
    },
  };
}

const VERBS: Readonly<Record<WorkItemChange['kind'], string>> = {
  created: 'created',
  updated: 'updated',
  deleted: 'deleted',
  restored: 'restored',
  commented: 'commented on',
};

/** Only the form that a subscription asks for: all, text, html, markdown or none. */
function chosenMessage(message: JsonObject, wanted: string): JsonObject | null {
  if (wanted === 'none') return null;
  if (wanted === 'all' || wanted === '') return message;
  return { [wanted]: message[wanted] ?? '' };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
