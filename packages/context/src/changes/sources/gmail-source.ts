import { parseGmailPush } from '@context-sdk/google-workspace';
import { ConfigurationError, WebhookVerificationError } from '@context-sdk/oauth-core';
import { webhookUrl } from '../../options/host-urls.ts';
import { type ChangeSource, type ChangeWebhook, DAY_MS } from '../change-source.ts';

interface GmailPush {
  emailAddress: string;
}

interface GmailPosition {
  historyId: string;
}

const gmailWebhook: ChangeWebhook = {
  path: 'google/gmail',
  allowsPathKey: false,

  /** Pub/Sub signs its pushes. A push for a mailbox that has no watch any more concerns no user. */
  async receive({ options, routing }, delivery) {
    const { pushServiceAccount: serviceAccount, pushAudience } = options.providers.google ?? {};
    if (serviceAccount === undefined) {
      throw new WebhookVerificationError(
        'Gmail pushes cannot be verified: set providers.google.pushServiceAccount.',
        { service: 'gmail' },
      );
    }
    const audience = pushAudience ?? webhookUrl(options, gmailWebhook.path);
    const { fetch } = options.requests;
    const event = await parseGmailPush(delivery, { audience, serviceAccount, fetch });
    const { emailAddress, historyId, subscription } = event.data;
    const userIds = await routing.usersOfMailbox(emailAddress);
    const data = { emailAddress, historyId, ...(subscription !== undefined && { subscription }) };
    return userIds.map((userId) => ({ ...event, userId, data }));
  },
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

  async open({ options, clients, routing, signal }) {
    const topicName = options.providers.google?.pubsubTopic;
    if (topicName === undefined) throw new ConfigurationError('providers.google.pubsubTopic is missing.');
    const { emailAddress } = await clients.gmail.profile.get({ signal });
    await routing.addMailbox(emailAddress, clients.id);
    try {
      await clients.gmail.mailbox.watch({ topicName }, { signal });
    } catch (error) {
      await routing.removeMailbox(emailAddress, clients.id);
      throw error;
    }
    // A watch lives for a week. Google recommends renewing it daily: https://developers.google.com/workspace/gmail/api/guides/push
    return { push: { emailAddress }, renewAt: Date.now() + DAY_MS };
  },

  async close({ clients, routing, signal }, { emailAddress }) {
    await routing.removeMailbox(emailAddress, clients.id);
    // A mailbox has one watch, and other users may have connected the same mailbox.
    const others = await routing.usersOfMailbox(emailAddress);
    if (others.length === 0) await clients.gmail.mailbox.stop({ signal });
  },

  async poll({ clients, signal }, position, emit) {
    const { emailAddress, historyId } = await clients.gmail.profile.get({ signal });
    if (position !== undefined && position.historyId !== historyId) {
      const data = { emailAddress, historyId };
      await emit({
        source: 'gmail',
        type: 'mailbox.changed',
        id: `${emailAddress}/${historyId}`,
        userId: clients.id,
        verified: true,
        data,
        raw: data,
      });
    }
    return { historyId };
  },
};
