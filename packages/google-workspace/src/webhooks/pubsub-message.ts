import { isObject, parseInstant, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { WebhookParseError } from '@context-sdk/oauth-core/errors';
import { headerValues, type PushHeaders } from './push-headers.ts';

type Fields = Record<string, unknown>;

/** A message of Pub/Sub about a mailbox. */
export interface PubSubMessage {
  messageId: string;
  /** When it was published, in epoch milliseconds. */
  publishedAt: number | undefined;
  /** Absent for an unwrapped push without metadata. */
  subscription: string | undefined;
  /** Only for subscriptions with a dead-letter topic. */
  deliveryAttempt: number | undefined;
  emailAddress: string;
  historyId: string;
}

/**
 * Reads the body of a push, wrapped in Pub/Sub's envelope or unwrapped. Pub/Sub spells the envelope's fields in two ways.
 * Throws {@link WebhookParseError} naming a field.
 */
export function readPubSubMessage(body: unknown, headers: PushHeaders): PubSubMessage {
  const fields = object(body, 'body');
  if (fields['message'] === undefined && fields['emailAddress'] !== undefined) {
    return unwrappedMessage(fields, headers);
  }
  const { message: envelope, subscription, ...rest } = fields;
  const message = object(envelope, 'message');
  const { emailAddress, historyId } = mailboxOf(text(message['data'], 'message.data'));
  const attempt = rest['deliveryAttempt'] ?? rest['delivery_attempt'];
  const published = message['publishTime'] ?? message['publish_time'];
  return {
    messageId: text(message['messageId'] ?? message['message_id'], 'message.messageId'),
    publishedAt: parseInstant(published),
    subscription: text(subscription, 'subscription'),
    deliveryAttempt: Number.isInteger(attempt) ? Number(attempt) : undefined,
    emailAddress: text(emailAddress, 'message.data.emailAddress'),
    historyId: digits(historyId, 'message.data.historyId'),
  };
}

/**
 * The mailbox itself, with the envelope in headers if the subscription writes metadata. Without an id, the state stands in: it
 * is the same for every delivery of the push. https://cloud.google.com/pubsub/docs/payload-unwrapping
 */
function unwrappedMessage(mailbox: Fields, headers: PushHeaders): PubSubMessage {
  const header = (name: string): string | undefined => headerValues(headers, `x-goog-pubsub-${name}`)[0];
  const emailAddress = text(mailbox['emailAddress'], 'emailAddress');
  const historyId = digits(mailbox['historyId'], 'historyId');
  const attempt = Number(header('delivery-attempt') ?? Number.NaN);
  return {
    messageId: header('message-id') ?? `${emailAddress}/${historyId}`,
    publishedAt: parseInstant(header('publish-time')),
    subscription: header('subscription-name'),
    deliveryAttempt: Number.isInteger(attempt) ? attempt : undefined,
    emailAddress,
    historyId,
  };
}

/** `data` is base64 or base64url of JSON, with a history id that may be a number too large for JavaScript. */
function mailboxOf(data: string): Fields {
  const mailbox = parseJsonObject(quotedHistoryId(Buffer.from(data, 'base64').toString()));
  if (mailbox === undefined) throw misfit('message.data', 'is not JSON in base64');
  return mailbox;
}

/** The JSON with its history id as a string: as a number, it may be too large for JavaScript. */
export function quotedHistoryId(json: string): string {
  return json.replace(/("historyId"\s*:\s*)(\d+)/, '$1"$2"');
}

function digits(value: unknown, field: string): string {
  // A framework that parsed an unwrapped body made a number of it.
  const id = Number.isSafeInteger(value) ? String(value) : text(value, field);
  if (/^\d{1,20}$/.test(id)) return id;
  throw misfit(field, 'is not a history id');
}

function object(value: unknown, field: string): Fields {
  if (isObject(value)) return value;
  throw misfit(field, 'is not an object');
}

function text(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw misfit(field, 'is missing or not a string');
}

function misfit(field: string, problem: string): WebhookParseError {
  return new WebhookParseError(`The push does not fit: ${field} ${problem}.`, { service: 'gmail', field });
}
