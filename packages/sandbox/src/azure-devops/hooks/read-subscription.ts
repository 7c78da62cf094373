import { isJsonObject, type JsonObject, textOf } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import { property } from '../api/read-body.ts';
import type { Organization } from '../organization/organization.ts';
import { EVENT_TYPES, type EventType, type SubscriptionInput } from './subscriptions.ts';

/** Reads and checks a subscription: work item events to a web hook, every input a text. */
export function readSubscription(
  organization: Organization,
  body: JsonObject,
  allowsLoopback: boolean,
): SubscriptionInput {
  requireValue(body, 'publisherId', 'tfs');
  requireValue(body, 'consumerId', 'webHooks');
  requireValue(body, 'consumerActionId', 'httpRequest');
  const publisherInputs = readInputs(body, 'publisherInputs');
  const consumerInputs = readInputs(body, 'consumerInputs');
  checkProject(organization, publisherInputs['projectId'] ?? '');
  checkUrl(consumerInputs, allowsLoopback);
  return {
    eventType: readEventType(body),
    resourceVersion: readVersion(body),
    publisherInputs,
    consumerInputs,
  };
}

function requireValue(body: JsonObject, name: string, value: string): void {
  if (property(body, name) !== value)
    throw invalidSubscription(`The subscription's ${name} must be ${value}.`);
}

function readEventType(body: JsonObject): EventType {
  const wanted = property(body, 'eventType');
  const eventType = EVENT_TYPES.find((name) => name === wanted);
  if (!eventType) throw invalidSubscription(`The event type ${textOf(wanted)} is not known.`);
  return eventType;
}

function readVersion(body: JsonObject): string {
  const version = property(body, 'resourceVersion') ?? '1.0';
  if (version !== '1.0' && version !== '1.0-preview.2') {
    throw invalidSubscription(`The resource version ${textOf(version)} is not known.`);
  }
  return version;
}

function readInputs(body: JsonObject, name: string): Record<string, string> {
  const inputs = property(body, name);
  if (!isJsonObject(inputs)) throw invalidSubscription(`The subscription needs ${name}.`);
  for (const [key, value] of Object.entries(inputs)) {
    if (typeof value !== 'string') throw invalidSubscription(`The input ${key} must be a text.`);
  }
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, textOf(value)]));
}

function checkProject(organization: Organization, projectId: string): void {
  if (projectId !== '' && !organization.projects.some(({ id }) => id === projectId)) {
    throw invalidSubscription(`There is no project with the id ${projectId}.`);
  }
}

/** Basic authentication needs HTTPS, and targets on loopback are refused. */
function checkUrl(inputs: Record<string, string>, allowsLoopback: boolean): void {
  const url = URL.parse(inputs['url'] ?? '');
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw invalidSubscription('The input url must be a URL.');
  const usesBasic = (inputs['basicAuthUsername'] ?? '') !== '' || (inputs['basicAuthPassword'] ?? '') !== '';
  if (allowsLoopback) return;
  if (usesBasic && url.protocol !== 'https:')
    throw invalidSubscription('Basic authentication needs a URL with https.');
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
    throw invalidSubscription('The URL must not point to the loopback or a special range.');
  }
}

function invalidSubscription(message: string): ApiFailure {
  return new ApiFailure(400, 'SubscriptionInputException', message, { area: 'hooks' });
}
