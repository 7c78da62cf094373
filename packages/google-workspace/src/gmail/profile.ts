import type { CallOptions } from '@context-sdk/oauth-core';
import type { GmailRequests } from './gmail-requests.ts';

/** Whose mailbox it is, and where it stands. */
export interface GmailProfile {
  emailAddress: string;
  messagesTotal?: number;
  threadsTotal?: number;
  /** A number of 64 bits, as text: what `mailbox.changes` starts from. */
  historyId: string;
}

/** The user of the mailbox. */
export class Profile {
  readonly #requests: GmailRequests;

  constructor(requests: GmailRequests) {
    this.#requests = requests;
  }

  /** Address and present state. Scope `gmail.compose`. */
  async get(options?: CallOptions): Promise<GmailProfile> {
    const answer = await this.#requests.call('getProfile', options, (api, call) =>
      api.users.getProfile({ userId: 'me' }, call),
    );
    return answer.object<GmailProfile>('emailAddress', 'historyId');
  }
}
