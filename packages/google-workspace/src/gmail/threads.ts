import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { present } from '../input/present.ts';
import type { GmailRequests } from './gmail-requests.ts';
import type { MessageFormat, Thread } from './message.ts';
import { checkedChoice, checkedTexts } from './query.ts';
import { SERVICE } from './service.ts';

/** How a thread's mails are read: not as `raw`. */
export interface ThreadReadOptions extends CallOptions {
  format?: Exclude<MessageFormat, 'raw'> | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

/** Conversations. */
export class Threads {
  readonly #requests: GmailRequests;

  constructor(requests: GmailRequests) {
    this.#requests = requests;
  }

  /** One conversation with its mails, oldest first. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options: ThreadReadOptions = {}): Promise<Thread> {
    checkedId(SERVICE, id, 'id');
    const { format, metadataHeaders, ...callOptions } = options;
    checkedChoice(format, ['full', 'metadata', 'minimal'], 'format');
    const headers = checkedTexts(metadataHeaders, 'metadataHeaders');
    const answer = await this.#requests.call('threads.get', callOptions, (api, call) =>
      api.users.threads.get({ userId: 'me', id, ...present({ format, metadataHeaders: headers }) }, call),
    );
    return answer.object<Thread>('id');
  }
}
