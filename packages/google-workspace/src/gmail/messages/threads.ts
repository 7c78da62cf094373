import type { CallOptions, OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { GmailService } from '../operations.ts';
import { type ReadThread, readThread } from '../reading/read-thread.ts';
import { checkedChoice, checkedTexts } from './message-query.ts';
import type { MessageFormat, Thread } from './message.ts';
import { attachmentBytes } from './messages.ts';

/** How the messages of a thread are returned; not as `raw`. */
export interface ThreadReadOptions extends CallOptions {
  format?: Exclude<MessageFormat, 'raw'> | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

const READ_OPTIONS: OwnOptions<ThreadReadOptions> = { format: 'string', metadataHeaders: 'list' };

/** Conversations. */
export class Threads {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    this.#service = service;
  }

  /** One conversation with its messages, oldest first. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options: ThreadReadOptions = {}): Promise<Thread> {
    const params = {
      id: checkedId(id, 'id', invalid),
      format: checkedChoice(options?.format, ['full', 'metadata', 'minimal'], 'format'),
      metadataHeaders: checkedTexts(options?.metadataHeaders, 'metadataHeaders'),
    };
    const response = await this.#service.call(options, READ_OPTIONS).send('threads.get', { params });
    return response.object<Thread>({ id: 'string' });
  }

  /**
   * One conversation with its mails, read as {@link Messages.read} does. One request. Throws {@link NotFoundError}. Scope
   * `gmail.readonly`.
   */
  async read(id: string, options: CallOptions = {}): Promise<ReadThread> {
    const thread = await this.get(id, { ...options, format: 'full' });
    return await readThread(thread, (messageId) => async (attachmentId) => {
      const params = { messageId, id: attachmentId };
      return attachmentBytes(await this.#service.call().send('messages.attachment', { params }));
    });
  }
}
