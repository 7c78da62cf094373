import { isLoopback } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkMembers, checkObject, checkText } from '../input.ts';
import type { SubscriptionInput } from './subscription.ts';

/** A subscription as it is sent. */
export interface WireSubscription {
  publisherId: 'tfs';
  eventType: string;
  resourceVersion: '1.0';
  consumerId: 'webHooks';
  consumerActionId: 'httpRequest';
  publisherInputs: Record<string, string>;
  consumerInputs: Record<string, string>;
}

const EVENTS: ReadonlySet<string> = new Set([
  'workitem.created',
  'workitem.updated',
  'workitem.deleted',
  'workitem.restored',
  'workitem.commented',
]);

function checkedUrl(text: string): string {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  // Azure DevOps itself takes no http and no loopback; a stand-in on this machine may.
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return text;
  throw invalid('url', 'is not an https URL: what proves a delivery would travel in the clear');
}

function header([name, value]: [string, string]): string {
  if (!/^[\w-]+$/.test(name)) throw invalid(`headers.${name}`, 'is not the name of a header');
  // Spaces at an end get lost on the way, and what comes without them is refused.
  if (typeof value !== 'string' || !/^[\x20-\x7e]+$/.test(value) || value.trim() !== value)
    throw invalid(`headers.${name}`, 'is not a header value');
  return `${name}:${value}`;
}

function secrets({ basicAuth, headers }: SubscriptionInput): Record<string, string> {
  const lines = Object.entries(headers ?? {}).map(header);
  if (basicAuth) {
    checkObject(basicAuth, 'basicAuth');
    checkText(basicAuth.username, 'basicAuth.username');
    checkText(basicAuth.password, 'basicAuth.password');
    if (basicAuth.username.includes(':')) throw invalid('basicAuth.username', 'has a colon in it');
  }
  return {
    ...(basicAuth && { basicAuthUsername: basicAuth.username, basicAuthPassword: basicAuth.password }),
    ...(lines.length > 0 && { httpHeaders: lines.join('\n') }),
  };
}

function given(inputs: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(inputs).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/** The subscription that an input asks for. All inputs are texts, and the project is an id. */
export function wireSubscription(input: SubscriptionInput, projectId: string): WireSubscription {
  const { areaPath, workItemType, changedField, tag, linksChanged, commentPattern } = input;
  const { resourceDetails = 'all' } = input;
  const publisherInputs = {
    projectId,
    areaPath,
    workItemType,
    changedFields: changedField,
    tag,
    linksChanged: linksChanged ? 'true' : undefined,
    commentPattern,
  };
  return {
    publisherId: 'tfs',
    eventType: input.event,
    resourceVersion: '1.0',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    publisherInputs: given(publisherInputs),
    consumerInputs: { url: checkedUrl(input.url), resourceDetailsToSend: resourceDetails, ...secrets(input) },
  };
}

const MEMBERS: Readonly<Record<keyof SubscriptionInput, true>> = {
  project: true,
  event: true,
  url: true,
  basicAuth: true,
  headers: true,
  areaPath: true,
  workItemType: true,
  changedField: true,
  tag: true,
  linksChanged: true,
  commentPattern: true,
  resourceDetails: true,
};

/** A filter that is misspelt would let everything through. */
export function checkSubscription(input: SubscriptionInput): void {
  checkMembers(input, MEMBERS, '', 'input');
  if (!EVENTS.has(input.event)) throw invalid('event', `must be one of ${[...EVENTS].join(', ')}`);
  const { resourceDetails } = input;
  if (resourceDetails !== undefined && !['all', 'minimal', 'none'].includes(resourceDetails)) {
    throw invalid('resourceDetails', 'must be all, minimal or none');
  }
  wireSubscription(input, '');
}
