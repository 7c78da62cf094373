import {
  type BulkOptions,
  type BulkOutcome,
  type CallOptions,
  chunksOf,
  omitUndefined,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { type ItemListing, itemListing } from '../../list-items.ts';
import { type LibraryParams, pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import type { Mail } from '../mime/mail.ts';
import type { RawMail } from '../mime/raw-mail.ts';
import type { GmailCall, GmailService } from '../operations.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import type { MailForward } from '../replying/checked-input.ts';
import type { DeliveredMail } from '../replying/deliver.ts';
import { UPLOAD_OPTIONS, type UploadOptions } from '../upload/upload-options.ts';
import type { BatchParts, ManyReads } from './get-many.ts';
import { type LabelChanges, labelChangesBody } from './label-changes.ts';
import { Labeled } from './labeled.ts';
import { attachmentBytes, loadersOf } from './load-attachment.ts';
import {
  checkedChoice,
  checkedTexts,
  MESSAGE_QUERY,
  messageParams,
  type MessageQuery,
} from './message-query.ts';
import { FORMATS, type Message, type MessageFormat, type MessageRef } from './message.ts';

/** How a message is returned. */
export interface MessageReadOptions extends CallOptions {
  format?: MessageFormat | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

/** How a mail is inserted. */
export interface InsertMailOptions extends CallOptions {
  /** For example `INBOX` and `UNREAD`. Default: none, so that it is only in All Mail. */
  labelIds?: readonly string[] | undefined;
  /** What becomes `internalDate`. Default: `receivedTime` for `insert`, `dateHeader` for `import`. */
  internalDateSource?: 'receivedTime' | 'dateHeader' | undefined;
}

/** How a mail is imported. */
export interface ImportMailOptions extends InsertMailOptions {
  /** Whether Gmail may file it as spam. Default: it may. */
  neverMarkSpam?: boolean | undefined;
  /** Adds the meetings of an invitation to the calendar. Default: false. */
  processForCalendar?: boolean | undefined;
}

const INSERT_OPTIONS: OwnOptions<InsertMailOptions> = { labelIds: 'list', internalDateSource: 'string' };
const IMPORT_OPTIONS: OwnOptions<ImportMailOptions> = {
  ...INSERT_OPTIONS,
  neverMarkSpam: 'boolean',
  processForCalendar: 'boolean',
};
const DATE_SOURCES = ['receivedTime', 'dateHeader'] as const;

const READ_OPTIONS: OwnOptions<MessageReadOptions> = { format: 'string', metadataHeaders: 'list' };

/** Messages of the mailbox. */
export class Messages extends Labeled<'messages'> {
  readonly #service: GmailService;

  readonly #batches: BatchParts;

  constructor(service: GmailService, batches: BatchParts) {
    super('messages', service);
    this.#service = service;
    this.#batches = batches;
  }

  /**
   * Sends a message. Throws {@link InvalidRequestError} naming what can't be sent, such as `to[1]`, and rejects with the
   * failure of a stream that an attachment is read from. Not retried if the response is lost: after a {@link NetworkError}
   * that was `sent`, or a {@link TimeoutError}, the message may have been sent. Send a draft instead to find out. Scope
   * `gmail.compose`.
   */
  async send(mail: Mail, options?: UploadOptions): Promise<MessageRef> {
    if (typeof mail === 'object' && mail !== null) checkRecipient(mail);
    const target = {
      name: 'messages.send',
      onProgress: options?.onProgress,
      bodyOf: (message: object) => message,
    } as const;
    const { sendMail } = await import('../send-mail.ts');
    const response = await sendMail(this.#service.call(options, UPLOAD_OPTIONS), mail, target);
    return response.object<MessageRef>({ id: 'string', threadId: 'string' });
  }

  /** One message. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options?: MessageReadOptions): Promise<Message> {
    const params = { id: checkedId(id, 'id', invalid), ...readParams(options ?? {}) };
    const response = await this.#service.call(options, READ_OPTIONS).send('messages.get', { params });
    return response.object<Message>({ id: 'string', threadId: 'string' });
  }

  /**
   * One message as a mail: addresses, texts, attachments that load on demand, an invitation. One request, and one for each text or
   * invitation that Gmail gives apart. Throws {@link NotFoundError}. Scope `gmail.readonly`.
   */
  async read(id: string, options?: CallOptions): Promise<ReadMail> {
    const params = { id: checkedId(id, 'id', invalid), format: 'full' };
    const call = this.#service.call(options);
    const [response, { readMessage }] = await Promise.all([
      call.send('messages.get', { params }),
      import('../reading/read-mail.ts'),
    ]);
    const message = response.object<Message>({ id: 'string', threadId: 'string' });
    return await readMessage(message, loadersOf(call, message.id, this.#service));
  }

  /**
   * Many messages, 25 per request, each of which counts toward the quota. One outcome per id, in their order; one that doesn't
   * exist is `failed` with a {@link NotFoundError}. Scope `gmail.readonly`.
   */
  async getMany(
    ids: readonly string[],
    options?: MessageReadOptions & BulkOptions,
  ): Promise<BulkOutcome<{ message: Message }>[]> {
    const call = this.#service.call(options, { ...READ_OPTIONS, onProgress: 'function' });
    const reads: ManyReads = {
      name: 'messages.getMany',
      resource: 'messages',
      params: readParams(options ?? {}),
    };
    const { getMany } = await import('./get-many.ts');
    return await getMany<Message, 'message'>(reads, 'message', ids, this.#batches, call, options?.onProgress);
  }

  /** Messages, newest first. A list contains little more than ids. Scope `gmail.readonly`. */
  list(query?: MessageQuery): ItemListing<MessageRef> {
    const params = messageParams(query ?? {});
    return itemListing(
      query,
      () => pagesOf(SERVICE, this.#service.call(query, MESSAGE_QUERY), 'messages.list', params),
      'messages',
    );
  }

  /**
   * Changes the labels of any number of messages, 1,000 per request. Ids that don't exist are ignored. If it fails, the changes
   * before are done, and repeating it does no harm. Scope `gmail.modify`.
   */
  async batchModify(ids: readonly string[], changes: LabelChanges, options?: CallOptions): Promise<void> {
    const json = labelChangesBody(changes);
    const call = this.#service.call(options);
    for (const some of idChunks(ids))
      await call.send('messages.batchModify', { json: { ids: some, ...json } });
  }

  /**
   * Deletes any number of messages for good, 1,000 per request. Ids that don't exist are ignored. Scope
   * `https://mail.google.com/`.
   */
  async batchDelete(ids: readonly string[], options?: CallOptions): Promise<void> {
    const call = this.#service.call(options);
    for (const some of idChunks(ids)) await call.send('messages.batchDelete', { json: { ids: some } });
  }

  /**
   * Adds a mail as if it had arrived: scanned and classified, and sent to no one. It gets no label but `labelIds`. Not retried
   * if the response is lost: the mail may be there then, and another call would add a second one. Scope `gmail.insert`.
   */
  async import(mail: Mail | RawMail, options?: ImportMailOptions): Promise<Message> {
    const { internalDateSource, neverMarkSpam, processForCalendar } = options ?? {};
    checkedChoice(internalDateSource, DATE_SOURCES, 'internalDateSource');
    const params = { internalDateSource, neverMarkSpam, processForCalendar };
    const call = this.#service.call(options, IMPORT_OPTIONS);
    return await putMail(call, 'messages.import', mail, params, options?.labelIds);
  }

  /** Adds a mail as it is, as IMAP's APPEND does, without scanning. Otherwise like {@link Messages.import}. */
  async insert(mail: Mail | RawMail, options?: InsertMailOptions): Promise<Message> {
    const { internalDateSource } = options ?? {};
    checkedChoice(internalDateSource, DATE_SOURCES, 'internalDateSource');
    const call = this.#service.call(options, INSERT_OPTIONS);
    return await putMail(call, 'messages.insert', mail, { internalDateSource }, options?.labelIds);
  }

  /**
   * Forwards a message to somebody else: with its text as Gmail quotes it, its files and its pictures, from the address that
   * received it. A draft unless `send` is true. Scope `gmail.modify`, or `gmail.readonly` and `gmail.compose`. Three requests,
   * and one per large file. Not retried if the response is lost: the draft may exist then, or the mail be sent, and another call
   * would make a second one.
   */
  async forward(id: string, forward: MailForward, options?: CallOptions): Promise<DeliveredMail> {
    const { forwardMessage } = await import('../replying/forward-message.ts');
    return await forwardMessage(this.#service.call(options), id, forward);
  }

  /**
   * The bytes of an attachment, by the `attachmentId` of a part's body, which differs each time the message is read. Throws
   * {@link NotFoundError}. Scope `gmail.readonly`.
   */
  async attachment(messageId: string, id: string, options?: CallOptions): Promise<Uint8Array> {
    const params = {
      messageId: checkedId(messageId, 'messageId', invalid),
      id: checkedId(id, 'id', invalid),
    };
    const response = await this.#service.call(options).send('messages.attachment', { params });
    return attachmentBytes(response);
  }
}

async function putMail(
  call: GmailCall,
  name: 'messages.import' | 'messages.insert',
  mail: Mail | RawMail,
  params: LibraryParams,
  labels: InsertMailOptions['labelIds'],
): Promise<Message> {
  const labelIds = checkedTexts(labels, 'labelIds');
  const bodyOf = (message: object): object => omitUndefined({ ...message, labelIds });
  const { addMail } = await import('../send-mail.ts');
  const response = await addMail(call, mail, { name, params, bodyOf });
  return response.object<Message>({ id: 'string', threadId: 'string' });
}

function readParams({ format, metadataHeaders }: MessageReadOptions): LibraryParams {
  return {
    format: checkedChoice(format, FORMATS, 'format'),
    metadataHeaders: checkedTexts(metadataHeaders, 'metadataHeaders'),
  };
}

/** Messages that one request of Google's `batchModify` and `batchDelete` takes. */
const MAX_BATCH_IDS = 1000;

function idChunks(ids: readonly string[]): string[][] {
  const checked = (checkedTexts(ids, 'ids') ?? []).map((id, index) =>
    checkedId(id, `ids[${index}]`, invalid),
  );
  return chunksOf(checked, MAX_BATCH_IDS);
}

function checkRecipient({ to, cc, bcc }: Mail): void {
  if ([to, cc, bcc].flat().some((address) => address !== undefined)) return;
  throw invalid('to', 'is missing, and so are cc and bcc: a message needs a recipient');
}
