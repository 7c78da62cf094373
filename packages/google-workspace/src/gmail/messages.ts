import { type CallOptions, type Listing, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { invalid } from '../input/invalid.ts';
import { present } from '../input/present.ts';
import type { Mail } from '../mime/mail.ts';
import type { GmailRequests } from './gmail-requests.ts';
import { listAll } from './list-all.ts';
import type { MailRoute, MailSender } from './mail-sender.ts';
import {
  FORMATS,
  type Message,
  type MessageFormat,
  type MessagePartBody,
  type MessageRef,
} from './message.ts';
import { checkedChoice, checkedTexts, type MessageQuery, wireQuery } from './query.ts';
import { SERVICE } from './service.ts';

const SEND: MailRoute = {
  name: 'messages.send',
  verb: 'POST',
  path: 'messages/send',
  bodyOf: (message) => message,
  call: (api, requestBody, call) => api.users.messages.send({ userId: 'me', requestBody }, call),
};

/** How a mail is read. */
export interface MessageReadOptions extends CallOptions {
  format?: MessageFormat | undefined;
  /** With the format `metadata`: only these headers. */
  metadataHeaders?: readonly string[] | undefined;
}

function checkSomebody({ to, cc, bcc }: Mail): void {
  if ([to, cc, bcc].flat().some((address) => address !== undefined)) return;
  throw invalid(SERVICE, 'to', 'is missing, and so are cc and bcc: there is nobody to send it to');
}

/** Mails of the mailbox. */
export class Messages {
  readonly #requests: GmailRequests;
  readonly #sender: MailSender;

  constructor(requests: GmailRequests, sender: MailSender) {
    this.#requests = requests;
    this.#sender = sender;
  }

  /**
   * Sends a mail. Throws {@link InvalidRequestError} naming what can't be sent, such as `to[1]`, and rejects with the
   * failure of a stream that an attachment is read from. Never sent twice on a lost answer: after a {@link NetworkError}
   * that was `sent`, or a {@link TimeoutError}, the mail may be out; a draft that is sent can be asked. Scope
   * `gmail.compose`.
   */
  async send(mail: Mail, options?: CallOptions): Promise<MessageRef> {
    if (typeof mail === 'object' && mail !== null) checkSomebody(mail);
    return (await this.#sender.send(mail, SEND, options)).object<MessageRef>('id', 'threadId');
  }

  /** One mail. Throws {@link NotFoundError}. Scope `gmail.readonly`. */
  async get(id: string, options: MessageReadOptions = {}): Promise<Message> {
    checkedId(SERVICE, id, 'id');
    const { format, metadataHeaders, ...callOptions } = options;
    checkedChoice(format, FORMATS, 'format');
    const headers = checkedTexts(metadataHeaders, 'metadataHeaders');
    const answer = await this.#requests.call('messages.get', callOptions, (api, call) =>
      api.users.messages.get({ userId: 'me', id, ...present({ format, metadataHeaders: headers }) }, call),
    );
    return answer.object<Message>('id', 'threadId');
  }

  /** Mails, of which a list tells no more than ids; newest first. Scope `gmail.readonly`. */
  list(query: MessageQuery = {}): Listing<MessageRef> {
    const wire = wireQuery(query);
    return listAll('messages', query, (page, callOptions) =>
      this.#requests.call('messages.list', callOptions, (api, call) =>
        api.users.messages.list({ userId: 'me', ...wire, ...page }, call),
      ),
    );
  }

  /**
   * The bytes of an attachment, by the `attachmentId` of a part's body, which differs with every read of the mail. Throws
   * {@link NotFoundError}. Scope `gmail.readonly`.
   */
  async attachment(messageId: string, id: string, options?: CallOptions): Promise<Uint8Array> {
    checkedId(SERVICE, messageId, 'messageId');
    checkedId(SERVICE, id, 'id');
    const answer = await this.#requests.call('messages.attachments.get', options, (api, call) =>
      api.users.messages.attachments.get({ userId: 'me', messageId, id }, call),
    );
    const { data, size } = answer.object<MessagePartBody>();
    if (typeof data === 'string') return new Uint8Array(Buffer.from(data, 'base64url'));
    if (data === undefined && size === 0) return new Uint8Array();
    throw new UnexpectedResponseError('gmail answered messages.attachments.get without a text in data.', {
      service: SERVICE,
      field: 'data',
    });
  }
}
