import type { CallOptions } from '@context-sdk/oauth-core';
import { isLoopback } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import { checkFields } from '../input.ts';
import type { TickTickService } from '../operations.ts';

/** The events of the guide's dialect. */
export type WebhookEventName = 'task.created' | 'task.updated' | 'task.deleted';

const EVENTS: readonly unknown[] = [
  'task.created',
  'task.updated',
  'task.deleted',
] satisfies WebhookEventName[];

/** A webhook to register. */
export interface WebhookRegistration {
  /** The address that deliveries are sent to: https, or http on this machine. */
  url: string;
  events: readonly WebhookEventName[];
}

function checkedRegistration({ url, events }: WebhookRegistration): WebhookRegistration {
  const address = typeof url === 'string' ? URL.parse(url) : null;
  // The path may prove a delivery: it is not for everyone on the way.
  const isSafe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLoopback(address));
  if (!isSafe) throw errors.invalid('url', 'must be an https URL, or http on this machine');
  if (!Array.isArray(events) || events.length === 0) throw errors.invalid('events', 'is empty');
  const unknown = events.findIndex((event) => !EVENTS.includes(event));
  if (unknown >= 0) throw errors.invalid(`events[${unknown}]`, `must be one of ${EVENTS.join(', ')}`);
  return { url, events };
}

/** Webhooks of the guide's dialect. */
export class Webhooks {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /**
   * Registers for deliveries of the given events and returns the gateway's response unchanged. Not retried if the response
   * is lost, since each registration may be delivered to. Throws {@link InvalidRequestError}, and {@link ConfigurationError} in the default dialect:
   * TickTick's Open API has no webhooks.
   */
  async register(registration: WebhookRegistration, options?: CallOptions): Promise<unknown> {
    checkFields(registration, 'registration');
    const json = checkedRegistration(registration);
    return (await this.#service.call(options).send('webhooks.register', { json })).value;
  }
}
