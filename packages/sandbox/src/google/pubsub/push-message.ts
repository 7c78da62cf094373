import { signJwt } from '../../oauth/signing-key.ts';
import { createRandom } from '../../random.ts';

/** A message as Pub/Sub pushes it: every name but `data` comes twice. */
export interface PubSubPushBody {
  readonly message: {
    /** JSON in base64. */
    readonly data: string;
    readonly messageId: string;
    readonly message_id: string;
    readonly publishTime: string;
    readonly publish_time: string;
  };
  readonly subscription: string;
}

/** What Pub/Sub says of a message. */
export interface Envelope {
  readonly subscription: string;
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
}

/** The envelope in headers. https://cloud.google.com/pubsub/docs/payload-unwrapping */
export function metadataHeaders({ subscription, messageId, publishedAt }: Envelope): Record<string, string> {
  return {
    'x-goog-pubsub-subscription-name': subscription,
    'x-goog-pubsub-message-id': messageId,
    'x-goog-pubsub-publish-time': new Date(publishedAt).toISOString(),
  };
}

/** Wraps a message. */
export function pushBody(data: object, { subscription, messageId, publishedAt }: Envelope): PubSubPushBody {
  const publishTime = new Date(publishedAt).toISOString();
  const message = {
    data: btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(data)))),
    messageId,
    message_id: messageId,
    publishTime,
    publish_time: publishTime,
  };
  return { message, subscription };
}

const LIFETIME_SECONDS = 3600;

/** The OIDC token that shows who pushes; `now` is in milliseconds since the epoch. */
export function pushToken(serviceAccount: string, audience: string, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  const id = numericId(serviceAccount);
  return signJwt({
    aud: audience,
    azp: id,
    email: serviceAccount,
    email_verified: true,
    exp: iat + LIFETIME_SECONDS,
    iat,
    iss: 'https://accounts.google.com',
    sub: id,
  });
}

/** A service account's number: 21 digits, the same for the same address. */
function numericId(serviceAccount: string): string {
  const random = createRandom(serviceAccount);
  return `1${Array.from({ length: 20 }, () => random.integer(10)).join('')}`;
}
