/** Where a topic's messages go, and what their token says. */
export interface SubscribeOptions {
  /** `projects/…/topics/…`. The topic exists from then on. */
  topic: string;
  /** https, or http on loopback. */
  url: string;
  /** The token's `aud`. Default: the URL. */
  audience?: string;
  /** The token's `email`. Default: an account of the topic's project. */
  serviceAccount?: string;
  /** Sends the message's data as the body, without the envelope; with `metadata`, its fields are headers. Default: `none`. */
  unwrap?: 'none' | 'payload' | 'metadata';
}

/** A push subscription. */
export interface Subscription {
  /** `projects/…/subscriptions/…`. */
  readonly name: string;
  readonly url: string;
  readonly audience: string;
  readonly serviceAccount: string;
  readonly unwrap: 'none' | 'payload' | 'metadata';
}

const TOPIC_NAME = /^projects\/([^/\s]+)\/topics\/([^/\s]+)$/;

export function isTopicName(text: string): boolean {
  return TOPIC_NAME.test(text);
}

/** Throws a RangeError if Pub/Sub would refuse. */
export function createSubscription({
  topic,
  url,
  audience = url,
  serviceAccount,
  unwrap = 'none',
}: SubscribeOptions): Subscription {
  const [, project, name] = TOPIC_NAME.exec(topic) ?? [];
  if (project === undefined || name === undefined) {
    throw new RangeError(`topic must look like projects/my-project/topics/my-topic, not ${topic}`);
  }
  if (!isPushUrl(url)) throw new RangeError('url must be https, or http on loopback');
  return {
    name: `projects/${project}/subscriptions/${name}-push`,
    url,
    audience,
    serviceAccount: serviceAccount ?? `gmail-push@${project}.iam.gserviceaccount.com`,
    unwrap,
  };
}

function isPushUrl(text: string): boolean {
  const url = URL.parse(text);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
}
