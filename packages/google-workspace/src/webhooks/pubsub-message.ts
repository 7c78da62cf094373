import { isObject, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { WebhookParseError } from '@context-sdk/oauth-core/errors';

type Fields = Record<string, unknown>;

/** A message of Pub/Sub about a mailbox. */
export interface PubSubMessage {
  messageId: string;
  /** When it was published, in epoch milliseconds. */
  publishedAt: number | undefined;
  subscription: string;
  /** Only for subscriptions with a dead-letter topic. */
  deliveryAttempt: number | undefined;
  emailAddress: string;
  historyId: string;
}

/** Reads the body of a push. Pub/Sub spells its fields in two ways. Throws {@link WebhookParseError} naming a field. */
export function readPubSubMessage(body: unknown): PubSubMessage {
  const { message: envelope, subscription, ...rest } = object(body, 'body');
  const message = object(envelope, 'message');
  const { emailAddress, historyId } = mailboxOf(text(message['data'], 'message.data'));
  const attempt = rest['deliveryAttempt'] ?? rest['delivery_attempt'];
  const published = message['publishTime'] ?? message['publish_time'];
  return {
    messageId: text(message['messageId'] ?? message['message_id'], 'message.messageId'),
    publishedAt: epochMs(published),
    subscription: text(subscription, 'subscription'),
    deliveryAttempt: Number.isInteger(attempt) ? Number(attempt) : undefined,
    emailAddress: text(emailAddress, 'message.data.emailAddress'),
    historyId: digits(historyId),
  };
}

/** `data` is base64 or base64url of JSON, with a history id that may be a number too large for JavaScript. */
function mailboxOf(data: string): Fields {
  const json = Buffer.from(data, 'base64').toString();
  const mailbox = parseJsonObject(json.replace(/("historyId"\s*:\s*)(\d+)/, '$1"$2"'));
  if (mailbox === undefined) throw misfit('message.data', 'is not JSON in base64');
  return mailbox;
}

function epochMs(time: unknown): number | undefined {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function digits(value: unknown): string {
  const id = text(value, 'message.data.historyId');
  if (/^\d{1,20}$/.test(id)) return id;
  throw misfit('message.data.historyId', 'is not a history id');
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
