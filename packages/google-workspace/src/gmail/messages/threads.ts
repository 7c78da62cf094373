import {
  type BulkOptions,
  type BulkOutcome,
  type CallOptions,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { type ItemListing, itemListing } from '../../list-items.ts';
import { type LibraryParams, pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import type { GmailService } from '../operations.ts';
import type { ReadThread } from '../reading/read-thread.ts';
import type { ThreadReply } from '../replying/checked-input.ts';
import type { DeliveredMail } from '../replying/deliver.ts';
import type { BatchParts, ManyReads } from './get-many.ts';
import { Labeled } from './labeled.ts';
import { loadersOf } from './load-attachment.ts';
import {
  checkedChoice,
  checkedTexts,
  MESSAGE_QUERY,
  messageParams,
  type MessageQuery,
} from './message-query.ts';
import type { MessageFormat, Thread, ThreadRef } from './message.ts';

/** How the messages of a thread are returned; not as `raw`. */
export interface ThreadReadOptions extends CallOptions {
  format?: Exclude<MessageFormat, 'raw'> | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

const READ_OPTIONS: OwnOptions<ThreadReadOptions> = { format: 'string', metadataHeaders: 'list' };

/** Conversations. What is done to one is done to all of its messages. */
export class Threads extends Labeled<'threads'> {
  readonly #service: GmailService;

  readonly #batches: BatchParts;

  constructor(service: GmailService, batches: BatchParts) {
    super('threads', service);
    this.#service = service;
    this.#batches = batches;
  }

  /**
   * Conversations with a message that fits, the one with the newest such message first. A list contains ids and snippets.
   * Scope `gmail.readonly`.
   */
  list(query?: MessageQuery): ItemListing<ThreadRef> {
    const params = messageParams(query ?? {});
    return itemListing(
      query,
      () => pagesOf(SERVICE, this.#service.call(query, MESSAGE_QUERY), 'threads.list', params),
      'threads',
    );
  }

  /** Many conversations, as {@link Messages.getMany} reads messages. */
  async getMany(
    ids: readonly string[],
    options?: ThreadReadOptions & BulkOptions,
  ): Promise<BulkOutcome<{ thread: Thread }>[]> {
    const call = this.#service.call(options, { ...READ_OPTIONS, onProgress: 'function' });
    const reads: ManyReads = {
      name: 'threads.getMany',
      resource: 'threads',
      params: readParams(options ?? {}),
    };
    const { getMany } = await import('./get-many.ts');
    return await getMany<Thread, 'thread'>(reads, 'thread', ids, this.#batches, call, options?.onProgress);
  }

  /** One conversation with its messages, oldest first. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options?: ThreadReadOptions): Promise<Thread> {
    const params = { id: checkedId(id, 'id', invalid), ...readParams(options ?? {}) };
    const response = await this.#service.call(options, READ_OPTIONS).send('threads.get', { params });
    return response.object<Thread>({ id: 'string' });
  }

  /**
   * Answers a conversation: its newest message that is neither draft, trash nor spam, or the one that `messageId` names. To,
   * Cc, subject, From and quote are those that Gmail would choose; the user's own addresses are left out. A draft unless
   * `send` is true. Throws {@link InvalidRequestError} if there is nothing to answer, and without a `messageId`
   * {@link UnexpectedResponseError} if a message can't be read: it may be the newest. Scope `gmail.modify`, or
   * `gmail.readonly` and `gmail.compose`. Three requests. Not retried if the response is lost: the draft may
   * exist then, or the mail be sent, and another call would make a second one.
   */
  async reply(id: string, reply: ThreadReply, options?: CallOptions): Promise<DeliveredMail> {
    const { replyInThread } = await import('../replying/reply-in-thread.ts');
    return await replyInThread(this.#service.call(options), id, reply);
  }

  /**
   * One conversation with its mails, read as {@link Messages.read} does. A message without an id or content is left out, and
   * `hooks.onSkipped` is told. One request, and one for each text that Gmail gives apart. Throws {@link NotFoundError}. Scope `gmail.readonly`.
   */
  async read(id: string, options?: CallOptions): Promise<ReadThread> {
    const params = { id: checkedId(id, 'id', invalid), format: 'full' };
    const call = this.#service.call(options);
    const [response, { readThread }] = await Promise.all([
      call.send('threads.get', { params }),
      import('../reading/read-thread.ts'),
    ]);
    const messages = response.member('messages', []);
    return await readThread(
      response.object<Thread>({ id: 'string' }),
      (messageId) => loadersOf(call, messageId, this.#service),
      (index) => messages.skip(index),
    );
  }
}

function readParams({ format, metadataHeaders }: ThreadReadOptions): LibraryParams {
  return {
    format: checkedChoice(format, ['full', 'metadata', 'minimal'], 'format'),
    metadataHeaders: checkedTexts(metadataHeaders, 'metadataHeaders'),
  };
}
