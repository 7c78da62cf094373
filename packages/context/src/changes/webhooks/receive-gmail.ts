import { parseGmailPush } from '@context-sdk/google-workspace';
import { WebhookVerificationError } from '@context-sdk/oauth-core';
import type { Receive } from './receive.ts';

/** A push of Pub/Sub, signed by Google. Of a mailbox that nobody watches any more there is nothing to tell. */
export const receiveGmail: Receive = async ({ owners, google, url, fetch }, delivery) => {
  const { pushServiceAccount: serviceAccount, pushAudience } = google ?? {};
  if (serviceAccount === undefined) {
    throw new WebhookVerificationError(
      'providers.google.pushServiceAccount is not given: no push is believed.',
      {
        service: 'gmail',
      },
    );
  }
  const audience = pushAudience ?? url('google/gmail');
  const event = await parseGmailPush(delivery, { audience, serviceAccount, fetch });
  const { emailAddress, historyId, subscription } = event.data;
  const userIds = await owners.ofMailbox(emailAddress);
  return userIds.map((userId) => ({ ...event, userId, data: { emailAddress, historyId, subscription } }));
};
