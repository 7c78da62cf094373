import { isLoopback } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import { checkFields } from '../input.ts';
import type { WebhookEventName, WebhookRegistration } from './webhooks.ts';

const EVENTS: readonly unknown[] = [
  'task.created',
  'task.updated',
  'task.deleted',
] satisfies WebhookEventName[];

/** Throws {@link InvalidRequestError} naming what can't be registered. */
export function checkedRegistration(registration: WebhookRegistration): WebhookRegistration {
  checkFields(registration, 'registration');
  const { url, events } = registration;
  const address = typeof url === 'string' ? URL.parse(url) : null;
  // The path may prove a delivery: it is not for everyone on the way.
  const isSafe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLoopback(address));
  if (!isSafe) throw errors.invalid('url', 'must be an https URL, or http on this machine');
  if (!Array.isArray(events) || events.length === 0) throw errors.invalid('events', 'is empty');
  const unknown = events.findIndex((event) => !EVENTS.includes(event));
  if (unknown >= 0) throw errors.invalid(`events[${unknown}]`, `must be one of ${EVENTS.join(', ')}`);
  return { url, events };
}
