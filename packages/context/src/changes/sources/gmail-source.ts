import { parseGmailPush } from '@context-sdk/google-workspace';
import { ConfigurationError, WebhookParseError, WebhookVerificationError } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { webhookUrl } from '../../options/host-urls.ts';
import { isText, shapeOf } from '../../records/shape.ts';
import { type ChangeSource, type ChangeWebhook, DAY_MS } from '../change-source.ts';

interface GmailPush {
  emailAddress: string;
  /** Whether Google has not answered yet. */
  isAsked?: true;
}

interface GmailPosition {
  historyId: string;
}

const gmailWebhook: ChangeWebhook = {
  path: 'google/gmail',
  allowsPathKey: false,
  isShared: true,

  /** Subscriptions may send the message alone. */
  isDelivery: (body) => body['message'] !== undefined || body['emailAddress'] !== undefined,

  /** Pub/Sub signs its pushes. A push for a mailbox that has no watch any more concerns no user. */
  async receive({ options, routing }, { headers, readBody }) {
    const { pushServiceAccount: serviceAccount, pushAudience } = options.providers.google ?? {};
    if (serviceAccount === undefined) {
      throw new WebhookVerificationError(
        'Gmail pushes cannot be verified: set providers.google.pushServiceAccount.',
        { service: 'gmail' },
      );
    }
    const audience = pushAudience ?? webhookUrl(options, gmailWebhook.path);
    const { fetch, hooks } = options.requests;
    const body = lazyBody(readBody);
    const event = await parseGmailPush({ headers, body }, { audience, serviceAccount, fetch, hooks });
    const { emailAddress, historyId, subscription } = event.data;
    const members = await routing.membersOfMailbox(emailAddress);
    const data = { emailAddress, historyId, ...(subscription !== undefined && { subscription }) };
    return members.map(({ userId, owner }) => ({
      event: { ...event, userId, data },
      owner,
      alsoAs: [stateId(emailAddress, historyId)],
    }));
  },

  /** Refused, what can't be read would come for a week, and Pub/Sub slows down with each refusal: for all mailboxes of the topic. */
  respondToFailure: async (error) =>
    error instanceof WebhookParseError ? new Response(null, { status: 204 }) : undefined,
};

/** The user's mailbox. Watching it needs the scope `gmail.readonly`. For polling, `gmail.compose` is enough. */
export const gmailSource: ChangeSource<GmailPush, GmailPosition> = {
  service: 'gmail',
  provider: 'google',
  webhook: gmailWebhook,
  // One quota unit per minute. The limit is 6,000.
  pollEveryMs: 60_000,
  canPush: ({ providers }) => providers.google?.pubsubTopic !== undefined,
  canPoll: () => true,
  isPush: shapeOf({ emailAddress: isText }, { isAsked: (value) => value === true }),

  async open({ options, clients, grant, routing, signal }, _previous, record) {
    const topicName = options.providers.google?.pubsubTopic;
    if (topicName === undefined) throw new ConfigurationError('providers.google.pubsubTopic is missing.');
    const { emailAddress } = await clients.gmail.profile.get({ signal });
    const push = { emailAddress };
    const id = await sha256(emailAddress.toLowerCase());
    await record(id, { ...push, isAsked: true });
    await routing.addMailbox(emailAddress, { userId: clients.id, owner: grant.owner });
    await clients.gmail.mailbox.watch({ topicName }, { signal });
    await record(id, push);
    // A watch lives for a week. Google recommends renewing it daily: https://developers.google.com/workspace/gmail/api/guides/push
    return { ids: [id], push, renewAt: Date.now() + DAY_MS };
  },

  mayBeOpen: ({ isAsked = false }) => isAsked,

  async unroute({ clients, routing }, { emailAddress }) {
    await routing.removeMailbox(emailAddress, clients.id);
  },

  async stop({ clients, routing, signal }, { emailAddress }) {
    // A mailbox has one watch, and other users may have connected the same mailbox.
    const others = await routing.membersOfMailbox(emailAddress);
    if (others.length === 0) await clients.gmail.mailbox.stop({ signal });
  },

  async poll({ clients, grant, signal }, position, emit) {
    const { emailAddress, historyId } = await clients.gmail.profile.get({ signal });
    if (position !== undefined && position.historyId !== historyId) {
      const data = { emailAddress, historyId };
      const id = stateId(emailAddress, historyId);
      const common = { source: 'gmail', type: 'mailbox.changed', userId: clients.id } as const;
      await emit({ event: { ...common, id, verified: true, data, raw: data }, owner: grant.owner });
    }
    return { historyId };
  },
};

/** Names a state of a mailbox, for pushes and polls alike. */
function stateId(emailAddress: string, historyId: string): string {
  return `${emailAddress.toLowerCase()}/${historyId}`;
}

/** A stream that is only read once the push's token was verified. */
function lazyBody(readBody: () => Promise<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const body = await readBody();
        if (body.byteLength > 0) controller.enqueue(body);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
