import type { CallOptions } from '@context-sdk/oauth-core';
import type { TickTickService } from '../operations.ts';

/** The events of the guide's dialect. */
export type WebhookEventName = 'task.created' | 'task.updated' | 'task.deleted';

/** A webhook to register. */
export interface WebhookRegistration {
  /** The address that deliveries are sent to: https, or http on this machine. */
  url: string;
  events: readonly WebhookEventName[];
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
    const { checkedRegistration } = await import('./registration.ts');
    const json = checkedRegistration(registration);
    return (await this.#service.call(options).send('webhooks.register', { json })).value;
  }
}
