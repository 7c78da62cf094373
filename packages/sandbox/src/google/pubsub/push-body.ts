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
