import { parseAdoWebhook, verifyAdoWebhook } from '@context-sdk/ado-client';
import { WebhookVerificationError } from '@context-sdk/oauth-core';
import type { Receive } from './receive.ts';

function usernameIn(headers: Headers): string {
  const [, credentials = ''] = /^basic +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  try {
    return atob(credentials).split(':')[0] ?? '';
  } catch {
    return '';
  }
}

/** A delivery of a service hook: the user name that it brings says whose it is, and the password proves it. */
export const receiveAzureDevOps: Receive = async ({ owners }, { headers, body }) => {
  const username = usernameIn(headers);
  const owner = username === '' ? undefined : await owners.ofHook(username);
  if (owner === undefined) {
    throw new WebhookVerificationError('The delivery is of no subscription that is known.', {
      service: 'azure-devops',
    });
  }
  const { userId, password } = owner;
  await verifyAdoWebhook(headers, { basicAuth: { username, password } });
  return [{ ...parseAdoWebhook(body), verified: true, userId }];
};
