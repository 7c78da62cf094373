import type { Hooks, WebhookEvent } from '@context-sdk/oauth-core';
import {
  checkOptions,
  HOOKS,
  isObject,
  type OptionTypes,
  readBytes,
  readWebhookBody,
} from '@context-sdk/oauth-core/client-kit';
import { ConfigurationError, WebhookParseError } from '@context-sdk/oauth-core/errors';
import { verifyPushToken } from './google-token.ts';
import { quotedHistoryId, readPubSubMessage } from './pubsub-message.ts';
import type { PushHeaders } from './push-headers.ts';

/** A push with a body that a framework has already read or parsed. */
export interface ReceivedPush {
  headers: PushHeaders;
  /** Text, bytes, or parsed JSON. */
  body: unknown;
}

/** Whose pushes to accept. */
export interface GmailPushOptions {
  /** As configured at the subscription, or those of several. Pub/Sub's default is the URL that it pushes to. */
  audience: string | readonly string[];
  /** The email address of the service account that the subscription authenticates with, or those of several. */
  serviceAccount: string | readonly string[];
  /** For fetching Google's public keys, which are kept per `fetch`. */
  fetch?: typeof fetch | undefined;
  /** `onClockSkew` is told if this machine's clock differs from Google's. */
  hooks?: Hooks | undefined;
  /** The largest body, in bytes. Default: 65,536. */
  maxBytes?: number | undefined;
}

const OPTIONS: OptionTypes<GmailPushOptions> = {
  audience: 'string|list',
  serviceAccount: 'string|list',
  fetch: 'function',
  hooks: HOOKS,
  maxBytes: 'number',
};

/** What Gmail reports about a mailbox that changed: only that it changed. */
export interface MailboxChange {
  emailAddress: string;
  /**
   * The new state, as a string: a 64-bit number. Read `mailbox.changes` from the state that you stored, not from this one;
   * pushes arrive late, twice and in any order.
   */
  historyId: string;
  /** `projects/{project}/subscriptions/{subscription}`. Absent for an unwrapped push without metadata. */
  subscription?: string;
  /** Only for subscriptions with a dead-letter topic. */
  deliveryAttempt?: number;
}

/** A push of Gmail. `id` is the same for every delivery of it; `at` is when it was published to Pub/Sub. */
export type GmailPushEvent = WebhookEvent<'gmail', 'mailbox.changed', MailboxChange> & {
  id: string;
  verified: true;
};

const SERVICE = 'gmail';
/** Pub/Sub's messages have at most 10 MB; those of Gmail less than a kilobyte. */
const MAX_BYTES = 65_536;

/**
 * Verifies that Google sent a push of Pub/Sub, and reads it: Google must have signed its OIDC token for this audience and
 * service account. Throws {@link WebhookVerificationError} (respond with 401), {@link WebhookParseError} naming a field
 * (log it, and respond with 204: refused, it comes for a week and slows the others down), or {@link ServiceUnavailableError}
 * if Google's keys can't be fetched (503; Pub/Sub delivers again). Respond with 204
 * within ten seconds; otherwise Pub/Sub delivers again. If a framework has read the body, give its result. Subscriptions may
 * unwrap payloads (`--push-no-wrapper`); with `--push-no-wrapper-write-metadata`, the event has Pub/Sub's own id.
 * https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export async function parseGmailPush(
  request: Request | ReceivedPush,
  options: GmailPushOptions,
): Promise<GmailPushEvent> {
  checkOptions(options, OPTIONS);
  if (!isObject(request)) throw new ConfigurationError('request must be an object.', { service: SERVICE });
  for (const name of ['audience', 'serviceAccount'] as const) {
    const values = [options?.[name]].flat();
    if (values.length > 0 && values.every((value) => typeof value === 'string' && value !== '')) continue;
    throw new ConfigurationError(`${name} is missing: without it, any push would be accepted.`, {
      service: SERVICE,
    });
  }
  await verifyPushToken(request.headers, options);
  const raw = await bodyOf(request, options.maxBytes ?? MAX_BYTES);
  const { messageId, publishedAt, subscription, deliveryAttempt, ...mailbox } = readPubSubMessage(
    raw,
    request.headers,
  );
  return {
    source: SERVICE,
    type: 'mailbox.changed',
    id: messageId,
    ...(publishedAt !== undefined && { at: publishedAt }),
    verified: true,
    data: {
      ...mailbox,
      ...(subscription !== undefined && { subscription }),
      ...(deliveryAttempt !== undefined && { deliveryAttempt }),
    },
    raw,
  };
}

/** The JSON of a push. Throws {@link WebhookParseError} if it is too large or not JSON. */
async function bodyOf(delivery: Request | ReceivedPush, maxBytes: number): Promise<unknown> {
  const { body } = delivery;
  if (delivery instanceof Request && delivery.bodyUsed) {
    throw unreadable('has already been read: give { headers, body }');
  }
  const whole =
    body instanceof ReadableStream
      ? await readBytes(body, {
          maxBytes,
          tooLarge: () => unreadable(`has more than ${maxBytes} bytes`),
          notBytes: () => unreadable('is not a stream of bytes'),
        })
      : body;
  if (typeof whole !== 'string' && !(whole instanceof Uint8Array)) return whole;
  const text = typeof whole === 'string' ? whole : new TextDecoder().decode(whole);
  return readWebhookBody(quotedHistoryId(text), { service: SERVICE, maxBytes });
}

function unreadable(problem: string): WebhookParseError {
  return new WebhookParseError(`The body ${problem}.`, { service: SERVICE, field: 'body' });
}
