import { type CallOptions, type OwnOptions, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { type ItemListing, itemListing } from '../../list-items.ts';
import { pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import { checkedChoice, DRAFT_QUERY, draftParams, type DraftQuery } from '../messages/message-query.ts';
import { type Draft, FORMATS, type MessageFormat, type MessageRef } from '../messages/message.ts';
import type { Mail } from '../mime/mail.ts';
import type { GmailService } from '../operations.ts';
import { UPLOAD_OPTIONS, type UploadOptions } from '../upload/upload-options.ts';
import type { DraftChanges } from './edit-draft.ts';

/** How a draft is returned. */
export interface DraftReadOptions extends CallOptions {
  format?: MessageFormat | undefined;
}

const READ_OPTIONS: OwnOptions<DraftReadOptions> = { format: 'string' };

/** Messages that are not sent yet. The scope `gmail.compose` is enough for everything here. */
export class Drafts {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    this.#service = service;
  }

  /**
   * Adds a message to the drafts; it may be incomplete. Throws {@link InvalidRequestError} naming what can't be sent, such as
   * `to[1]`, and rejects with the failure of a stream that an attachment is read from. Not retried if the response is lost:
   * after a {@link NetworkError} that was `sent`, or a {@link TimeoutError}, the draft may exist. Scope `gmail.compose`.
   */
  async create(mail: Mail, options?: UploadOptions): Promise<Draft> {
    const { onProgress } = options ?? {};
    const target = { name: 'drafts.create', onProgress, bodyOf: asDraft } as const;
    const { sendMail } = await import('../send-mail.ts');
    const response = await sendMail(this.#service.call(options, UPLOAD_OPTIONS), mail, target);
    return response.object<Draft>({ id: 'string' });
  }

  /**
   * Replaces the draft's message, including its attachments and its thread. The id stays; the message's id changes. Throws as
   * {@link Drafts.create} does, and {@link NotFoundError}. Scope `gmail.compose`.
   */
  async update(id: string, mail: Mail, options?: UploadOptions): Promise<Draft> {
    const params = { id: checkedId(id, 'id', invalid) };
    const { onProgress } = options ?? {};
    const target = { name: 'drafts.update', params, onProgress, bodyOf: asDraft } as const;
    const { sendMail } = await import('../send-mail.ts');
    const response = await sendMail(this.#service.call(options, UPLOAD_OPTIONS), mail, target);
    return response.object<Draft>({ id: 'string' });
  }

  /**
   * Changes some fields of a draft; the others stay, thread and attachments included: `edit(id, { text: 'Better.' })`. Two
   * requests. A change by somebody else in between is lost. Throws as {@link Drafts.update} does. Scope `gmail.compose`.
   */
  async edit(id: string, changes: DraftChanges, options?: CallOptions): Promise<Draft> {
    const { editDraft } = await import('./edit-draft.ts');
    return await editDraft(this.#service.call(options), id, changes);
  }

  /**
   * Sends a draft, which no longer exists then; the sent mail has a new id. Not retried if the response is lost, but you can
   * find out: if {@link Drafts.get} throws {@link NotFoundError}, the message was sent. Scope `gmail.compose`.
   */
  async send(id: string, options?: CallOptions): Promise<MessageRef> {
    const json = { id: checkedId(id, 'id', invalid) };
    const response = await this.#service.call(options).send('drafts.send', { json });
    return response.object<MessageRef>({ id: 'string', threadId: 'string' });
  }

  /** Drafts, newest first. A list contains no more than ids. Scope `gmail.compose`. */
  list(query?: DraftQuery): ItemListing<{ id: string; message: MessageRef }> {
    const params = draftParams(query ?? {});
    return itemListing(
      query,
      () => pagesOf(SERVICE, this.#service.call(query, DRAFT_QUERY), 'drafts.list', params),
      'drafts',
    );
  }

  /** One draft. Throws {@link NotFoundError}, also for one that was sent. Scope `gmail.compose`. */
  async get(id: string, options?: DraftReadOptions): Promise<Draft> {
    const params = {
      id: checkedId(id, 'id', invalid),
      format: checkedChoice(options?.format, FORMATS, 'format'),
    };
    const response = await this.#service.call(options, READ_OPTIONS).send('drafts.get', { params });
    return response.object<Draft>({ id: 'string' });
  }

  /** Deletes a draft permanently, without the trash. Succeeds if it is already gone. Scope `gmail.compose`. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    const params = { id: checkedId(id, 'id', invalid) };
    await unlessNotFound(this.#service.call(options).send('drafts.delete', { params }));
  }
}

function asDraft(message: object): object {
  return { message };
}
