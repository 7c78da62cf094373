import { createRandom } from '../../random.ts';
import { signJwt } from '../signing-key.ts';

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

/** Wraps a message; `publishedAt` is in milliseconds since the epoch. */
export function pushBody(
  data: object,
  { subscription, messageId, publishedAt }: { subscription: string; messageId: string; publishedAt: number },
): PubSubPushBody {
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
