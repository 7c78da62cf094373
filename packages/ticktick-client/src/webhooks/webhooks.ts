import type { CallOptions } from '@context-sdk/oauth-core';
import { errors } from '../errors.ts';
import { checkFields } from '../input.ts';
import type { TickTickService } from '../operations.ts';

/** The events of the guide's dialect. */
export type WebhookEventName = 'task.created' | 'task.updated' | 'task.deleted';

/** A webhook to register. */
export interface WebhookRegistration {
  /** The address that deliveries are sent to. */
  url: string;
  events: readonly WebhookEventName[];
}

function checkedRegistration({ url, events }: WebhookRegistration): WebhookRegistration {
  const isHttp = typeof url === 'string' && /^https?:$/.test(URL.parse(url)?.protocol ?? '');
  if (!isHttp) throw errors.invalid('url', 'is not an http or https URL');
  if (!Array.isArray(events) || events.length === 0) throw errors.invalid('events', 'is empty');
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
   * is lost, since each registration may be delivered to. Throws {@link ConfigurationError} in the default dialect:
   * TickTick's Open API has no webhooks.
   */
  async register(registration: WebhookRegistration, options?: CallOptions): Promise<unknown> {
    checkFields(registration, 'registration');
    const json = checkedRegistration(registration);
    return (await this.#service.call(options).send('webhooks.register', { json })).value;
  }
}
