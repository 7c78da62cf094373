import { signJwt } from '../../oauth/signing-key.ts';
import type { Clock } from '../../time/clock.ts';
import type { PushMessage, PushSender, RetryPolicy } from '../push/push-sender.ts';
import { type Envelope, metadataHeaders, pushBody, pushToken } from './push-message.ts';
import { createSubscription, type SubscribeOptions, type Subscription } from './subscription.ts';

/** Pub/Sub, as far as Gmail needs it. */
export interface PubSubControl {
  /** Makes a topic and pushes its messages there; a topic may have several subscriptions. */
  subscribe(options: SubscribeOptions): void;
  /** Signs any claims with the key behind `https://www.googleapis.com/oauth2/v3/certs`: for tokens that have to be refused. */
  sign(claims: object): Promise<string>;
}

const ACKNOWLEDGED_STATUSES: ReadonlySet<number> = new Set([102, 200, 201, 202, 204]);

/** Pauses of 0.1 s, 0.2 s, … up to a minute. Pub/Sub goes on for days; the sandbox gives up after ten tries. */
const RETRY_POLICY: RetryPolicy = {
  retries: (status) => status === undefined || !ACKNOWLEDGED_STATUSES.has(status),
  attempts: 10,
  delayMs: (attempt) => Math.min(100 * 2 ** (attempt - 2), 60_000),
};

/** Topics and their push subscriptions. */
export class PubSub {
  readonly #subscriptions = new Map<string, Subscription[]>();
  readonly #push: PushSender;
  readonly #clock: Clock;
  #lastMessageId = 2_070_443_601_311_540;

  constructor({ push, clock }: { push: PushSender; clock: Clock }) {
    this.#push = push;
    this.#clock = clock;
  }

  get control(): PubSubControl {
    return { subscribe: (options) => this.#subscribe(options), sign: signJwt };
  }

  hasTopic(topic: string): boolean {
    return this.#subscriptions.has(topic);
  }

  /** Pushes the message to every subscription of the topic. */
  publish(topic: string, data: object): void {
    this.#lastMessageId += 1;
    const published = { messageId: String(this.#lastMessageId), publishedAt: this.#clock.now() };
    for (const subscription of this.#subscriptions.get(topic) ?? []) {
      const envelope = { ...published, subscription: subscription.name };
      this.#push.send(this.#message(subscription, data, envelope), RETRY_POLICY);
    }
  }

  async #message(subscription: Subscription, data: object, envelope: Envelope): Promise<PushMessage> {
    const { url, audience, serviceAccount, unwrap } = subscription;
    const token = await pushToken(serviceAccount, audience, this.#clock.now());
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(unwrap === 'metadata' && metadataHeaders(envelope)),
    };
    const body = JSON.stringify(unwrap === 'none' ? pushBody(data, envelope) : data);
    return { kind: 'gmail', url, headers, body };
  }

  #subscribe(options: SubscribeOptions): void {
    const known = this.#subscriptions.get(options.topic) ?? [];
    this.#subscriptions.set(options.topic, [...known, createSubscription(options)]);
  }
}
