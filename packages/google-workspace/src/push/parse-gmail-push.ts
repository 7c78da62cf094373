import { ConfigurationError, type WebhookEvent } from '@context-sdk/oauth-core';
import { bearerTokenOf } from './authorization-of.ts';
import { deliveryBody, type ReadDelivery } from './delivery-body.ts';
import { readPubSubMessage } from './pubsub-message.ts';
import { verifyGoogleToken } from './verify-google-token.ts';

/** Whose pushes to believe. */
export interface GmailPushOptions {
  /** As configured at the subscription; Pub/Sub's default is the URL that it pushes to. */
  audience: string;
  /** The mail address of the service account that the subscription authenticates with. */
  serviceAccount: string;
  /** What Google's public keys are fetched with; they are kept per `fetch`. */
  fetch?: typeof fetch | undefined;
  /** Bytes that the body may have; 65,536 unless given. */
  maxBytes?: number | undefined;
}

/** What Gmail tells of a mailbox that changed: no more than that it did. */
export interface MailboxChange {
  emailAddress: string;
  /**
   * The new state, as text: a number of 64 bits. Read `mailbox.changes` from the state that you stored, not from this
   * one; pushes come late, twice and in any order.
   */
  historyId: string;
  /** `projects/{project}/subscriptions/{subscription}` */
  subscription: string;
  /** Counted only for subscriptions with a dead letter topic. */
  deliveryAttempt?: number;
}

/** A push of Gmail; `id` is the same for every delivery of it, `at` is when Pub/Sub took it in. */
export type GmailPushEvent = WebhookEvent<'gmail', 'mailbox.changed', MailboxChange> & {
  id: string;
  verified: true;
};

/**
 * Reads a push of Pub/Sub after proving that Google sent it: its OIDC token is signed by Google, for this audience and
 * service account. Throws {@link WebhookVerificationError} (answer 401), {@link WebhookParseError} naming a field (answer
 * 400), or {@link ServiceUnavailableError} where Google's keys can't be fetched (answer 503; Pub/Sub delivers again).
 * Answer 204 within ten seconds: all else is delivered again. Where a framework has read the body, give what it made of
 * it. https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export async function parseGmailPush(
  request: Request | ReadDelivery,
  options: GmailPushOptions,
): Promise<GmailPushEvent> {
  for (const name of ['audience', 'serviceAccount'] as const) {
    if (typeof options?.[name] === 'string' && options[name] !== '') continue;
    throw new ConfigurationError(`${name} is missing: without it anybody's push would do.`, {
      service: 'gmail',
    });
  }
  await verifyGoogleToken(bearerTokenOf(request.headers), options);
  const raw = await deliveryBody(request, options.maxBytes);
  const { messageId, publishedAt, subscription, deliveryAttempt, ...mailbox } = readPubSubMessage(raw);
  return {
    source: 'gmail',
    type: 'mailbox.changed',
    id: messageId,
    ...(publishedAt !== undefined && { at: publishedAt }),
    verified: true,
    data: { ...mailbox, subscription, ...(deliveryAttempt !== undefined && { deliveryAttempt }) },
    raw,
  };
}
