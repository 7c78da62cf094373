import {
  type CallOptions,
  type Listing,
  listing,
  type OwnOptions,
  type ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { pagesOf } from '../../wire.ts';
import { invalid, SERVICE, unexpected } from '../errors.ts';
import type { Mail } from '../mime/mail.ts';
import type { GmailService } from '../operations.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import { readMessage } from '../reading/read-mail.ts';
import { sendMail } from '../send-mail.ts';
import {
  checkedChoice,
  checkedTexts,
  MESSAGE_QUERY,
  messageParams,
  type MessageQuery,
} from './message-query.ts';
import {
  FORMATS,
  type Message,
  type MessageFormat,
  type MessagePartBody,
  type MessageRef,
} from './message.ts';

/** How a message is returned. */
export interface MessageReadOptions extends CallOptions {
  format?: MessageFormat | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

const READ_OPTIONS: OwnOptions<MessageReadOptions> = { format: 'string', metadataHeaders: 'list' };

/** Messages of the mailbox. */
export class Messages {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    this.#service = service;
  }

  /**
   * Sends a message. Throws {@link InvalidRequestError} naming what can't be sent, such as `to[1]`, and rejects with the
   * failure of a stream that an attachment is read from. Not retried if the response is lost: after a {@link NetworkError}
   * that was `sent`, or a {@link TimeoutError}, the message may have been sent. Send a draft instead to find out. Scope
   * `gmail.compose`.
   */
  async send(mail: Mail, options?: CallOptions): Promise<MessageRef> {
    if (typeof mail === 'object' && mail !== null) checkRecipient(mail);
    const target = { name: 'messages.send', bodyOf: (message: object) => message } as const;
    const response = await sendMail(this.#service.call(options), mail, target);
    return response.object<MessageRef>({ id: 'string', threadId: 'string' });
  }

  /** One message. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options: MessageReadOptions = {}): Promise<Message> {
    const params = {
      id: checkedId(id, 'id', invalid),
      format: checkedChoice(options?.format, FORMATS, 'format'),
      metadataHeaders: checkedTexts(options?.metadataHeaders, 'metadataHeaders'),
    };
    const response = await this.#service.call(options, READ_OPTIONS).send('messages.get', { params });
    return response.object<Message>({ id: 'string', threadId: 'string' });
  }

  /**
   * One message as a mail: addresses, texts, attachments that load on demand, an invitation. One request. Throws
   * {@link NotFoundError}. Scope `gmail.readonly`.
   */
  async read(id: string, options: CallOptions = {}): Promise<ReadMail> {
    const message = await this.get(id, { ...options, format: 'full' });
    return await readMessage(message, (attachmentId) => this.attachment(message.id, attachmentId));
  }

  /** Messages, newest first. A list contains little more than ids. Scope `gmail.readonly`. */
  list(query: MessageQuery = {}): Listing<MessageRef> {
    const params = messageParams(query);
    const service = this.#service;
    return listing(async function* () {
      for await (const page of pagesOf(
        SERVICE,
        service.call(query, MESSAGE_QUERY),
        'messages.list',
        params,
      )) {
        yield* page.member('messages', []).list<MessageRef>({ id: 'string' });
      }
    });
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

/** The bytes in the response of `messages.attachment`. */
export function attachmentBytes(response: ServiceResponse): Uint8Array {
  const { data, size } = response.object<MessagePartBody>();
  if (typeof data === 'string') return new Uint8Array(Buffer.from(data, 'base64url'));
  if (data === undefined && size === 0) return new Uint8Array();
  throw unexpected('answered messages.attachment without a string in data', 'data');
}

function checkRecipient({ to, cc, bcc }: Mail): void {
  if ([to, cc, bcc].flat().some((address) => address !== undefined)) return;
  throw invalid('to', 'is missing, and so are cc and bcc: a message needs a recipient');
}
