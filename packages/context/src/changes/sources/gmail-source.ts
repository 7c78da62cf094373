import { ConfigurationError } from '@context-sdk/oauth-core';
import { DAY_MS, type Feed } from './change-source.ts';

interface GmailPush {
  emailAddress: string;
}

interface GmailPosition {
  historyId: string;
}

/** The user's mailbox. Watching it needs the scope `gmail.readonly`; that it changed, `gmail.compose` is enough to see. */
export const gmailFeed: Feed<GmailPush, GmailPosition> = {
  service: 'gmail',
  provider: 'google',
  // One unit of 6,000 a minute.
  pollEveryMs: 60_000,
  canPush: ({ providers }) => providers.google?.pubsubTopic !== undefined,
  canPoll: () => true,

  async open({ setup, clients, owners, userId, signal }) {
    const topicName = setup.providers.google?.pubsubTopic;
    if (topicName === undefined) throw new ConfigurationError('providers.google.pubsubTopic is not given.');
    const { emailAddress } = await clients.gmail.profile.get({ signal });
    await owners.addMailbox(emailAddress, userId);
    try {
      await clients.gmail.mailbox.watch({ topicName }, { signal });
    } catch (error) {
      await owners.removeMailbox(emailAddress, userId);
      throw error;
    }
    // Watches live for a week; Google advises to call again every day.
    return { push: { emailAddress }, renewAt: Date.now() + DAY_MS };
  },

  async close({ clients, owners, userId, signal }, { emailAddress }) {
    await owners.removeMailbox(emailAddress, userId);
    // The watch is the mailbox's: others who have connected it still want it.
    if ((await owners.ofMailbox(emailAddress)).length === 0) await clients.gmail.mailbox.stop({ signal });
  },

  async poll({ clients, userId, signal }, position, emit) {
    const { emailAddress, historyId } = await clients.gmail.profile.get({ signal });
    if (position !== undefined && position.historyId !== historyId) {
      const data = { emailAddress, historyId };
      const id = `${emailAddress}/${historyId}`;
      await emit({ source: 'gmail', type: 'mailbox.changed', id, userId, verified: true, data, raw: data });
    }
    return { historyId };
  },
};
