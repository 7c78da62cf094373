import {
  type BulkOptions,
  type BulkOutcome,
  type CallOptions,
  type Listing,
  listing,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { type LibraryParams, pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import type { GmailService } from '../operations.ts';
import { type ReadThread, readThread } from '../reading/read-thread.ts';
import { type BatchParts, getMany, type ManyReads } from './get-many.ts';
import { Labeled } from './labeled.ts';
import {
  checkedChoice,
  checkedTexts,
  MESSAGE_QUERY,
  messageParams,
  type MessageQuery,
} from './message-query.ts';
import type { MessageFormat, Thread, ThreadRef } from './message.ts';
import { attachmentBytes } from './messages.ts';

/** How the messages of a thread are returned; not as `raw`. */
export interface ThreadReadOptions extends CallOptions {
  format?: Exclude<MessageFormat, 'raw'> | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

const READ_OPTIONS: OwnOptions<ThreadReadOptions> = { format: true, metadataHeaders: true };

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
  list(query: MessageQuery = {}): Listing<ThreadRef> {
    const params = messageParams(query);
    const service = this.#service;
    return listing(async function* () {
      const call = service.call(query, MESSAGE_QUERY);
      for await (const page of pagesOf(SERVICE, call, 'threads.list', params)) {
        yield* page.member('threads', []).list<ThreadRef>({ id: 'string' });
      }
    });
  }

  /** Many conversations, as {@link Messages.getMany} reads messages. */
  async getMany(
    ids: readonly string[],
    options: ThreadReadOptions & BulkOptions = {},
  ): Promise<BulkOutcome<{ thread: Thread }>[]> {
    const call = this.#service.call(options, { ...READ_OPTIONS, onProgress: true });
    const reads: ManyReads = { name: 'threads.getMany', resource: 'threads', params: readParams(options) };
    return await getMany<Thread, 'thread'>(reads, 'thread', ids, this.#batches, call, options.onProgress);
  }

  /** One conversation with its messages, oldest first. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options: ThreadReadOptions = {}): Promise<Thread> {
    const params = { id: checkedId(id, 'id', invalid), ...readParams(options) };
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

function readParams({ format, metadataHeaders }: ThreadReadOptions): LibraryParams {
  return {
    format: checkedChoice(format, ['full', 'metadata', 'minimal'], 'format'),
    metadataHeaders: checkedTexts(metadataHeaders, 'metadataHeaders'),
  };
}
