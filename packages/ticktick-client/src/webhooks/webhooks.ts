import { type CallOptions, ConfigurationError } from '@context-sdk/oauth-core';
import { invalid } from '../input/invalid.ts';
import type { Transport } from '../transport/transport.ts';

/** What a webhook of the guide's dialect can tell of. */
export type WebhookEventName = 'task.created' | 'task.updated' | 'task.deleted';

/** A webhook to ask for. */
export interface WebhookRegistration {
  /** Where deliveries go. */
  url: string;
  events: readonly WebhookEventName[];
}

function checked({ url, events }: WebhookRegistration): WebhookRegistration {
  const isHttp = typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isHttp) throw invalid('url', 'is not an http or https URL');
  if (!Array.isArray(events) || events.length === 0) throw invalid('events', 'is empty');
  return { url, events };
}

/** Webhooks of the guide's dialect. */
export class Webhooks {
  readonly #transport: Transport | undefined;

  /** `transport` is undefined where the API has no webhooks. */
  constructor(transport: Transport | undefined) {
    this.#transport = transport;
  }

  /**
   * Asks for deliveries of the given events; gives the gateway's answer as it is. Never sent
   * twice on a lost answer, since every registration may be delivered to. Throws
   * {@link ConfigurationError} in the default dialect: TickTick's Open API has no webhooks.
   */
  async register(registration: WebhookRegistration, options?: CallOptions): Promise<unknown> {
    if (this.#transport === undefined) {
      throw new ConfigurationError(
        "TickTick's Open API has no webhooks. Use client.changes.watch() instead, or set dialect: 'guide' for a gateway that has POST /webhook.",
        { service: 'ticktick' },
      );
    }
    const json = checked(registration);
    const answer = await this.#transport.post('webhooks.register', 'unsafe', '/webhook', json, options);
    return answer.value;
  }
}
