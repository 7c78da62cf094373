import { type CallOptions, type Listing, NotFoundError } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { present } from '../input/present.ts';
import type { Mail } from '../mime/mail.ts';
import type { GmailRequests } from './gmail-requests.ts';
import { listAll } from './list-all.ts';
import type { MailRoute, MailSender } from './mail-sender.ts';
import { type Draft, FORMATS, type MessageFormat, type MessageRef } from './message.ts';
import { checkedChoice, type DraftQuery, wireQuery } from './query.ts';
import { SERVICE } from './service.ts';

const CREATE: MailRoute = {
  name: 'drafts.create',
  verb: 'POST',
  path: 'drafts',
  bodyOf: (message) => ({ message }),
  call: (api, requestBody, call) => api.users.drafts.create({ userId: 'me', requestBody }, call),
};

function updateOf(id: string): MailRoute {
  return {
    name: 'drafts.update',
    verb: 'PUT',
    path: `drafts/${encodeURIComponent(id)}`,
    bodyOf: (message) => ({ message }),
    call: (api, requestBody, call) => api.users.drafts.update({ userId: 'me', id, requestBody }, call),
  };
}

function checkedDraftId(id: unknown): string {
  return checkedId(SERVICE, id, 'id');
}

/** Mails that are not sent yet. The scope `gmail.compose` is enough for all of it. */
export class Drafts {
  readonly #requests: GmailRequests;
  readonly #sender: MailSender;

  constructor(requests: GmailRequests, sender: MailSender) {
    this.#requests = requests;
    this.#sender = sender;
  }

  /**
   * Puts a mail into the drafts; it may be incomplete. Throws {@link InvalidRequestError} naming what can't be sent, such
   * as `to[1]`, and rejects with the failure of a stream that an attachment is read from. Never sent twice on a lost
   * answer: after a {@link NetworkError} that was `sent`, or a {@link TimeoutError}, the draft may exist. Scope
   * `gmail.compose`.
   */
  async create(mail: Mail, options?: CallOptions): Promise<Draft> {
    return (await this.#sender.send(mail, CREATE, options)).object<Draft>('id');
  }

  /**
   * Replaces the draft's mail, its attachments and its thread too; the id stays, and the message's id changes. Throws as
   * {@link Drafts.create} does, and {@link NotFoundError}. Scope `gmail.compose`.
   */
  async update(id: string, mail: Mail, options?: CallOptions): Promise<Draft> {
    const route = updateOf(checkedDraftId(id));
    return (await this.#sender.send(mail, route, options)).object<Draft>('id');
  }

  /**
   * Sends a draft, which is gone then; the mail that was sent has a new id. Never sent twice on a lost answer, but the
   * draft tells: where {@link Drafts.get} throws {@link NotFoundError}, the mail is out. Scope `gmail.compose`.
   */
  async send(id: string, options?: CallOptions): Promise<MessageRef> {
    const requestBody = { id: checkedDraftId(id) };
    const answer = await this.#requests.call('drafts.send', options, (api, call) =>
      api.users.drafts.send({ userId: 'me', requestBody }, call),
    );
    return answer.object<MessageRef>('id', 'threadId');
  }

  /** Drafts, of which a list tells no more than ids; newest first. Scope `gmail.compose`. */
  list(query: DraftQuery = {}): Listing<{ id: string; message: MessageRef }> {
    const { labelIds: _, ...wire } = wireQuery(query);
    return listAll('drafts', query, (page, callOptions) =>
      this.#requests.call('drafts.list', callOptions, (api, call) =>
        api.users.drafts.list({ userId: 'me', ...wire, ...page }, call),
      ),
    );
  }

  /** One draft. Throws {@link NotFoundError}, also for one that was sent. Scope `gmail.compose`. */
  async get(id: string, options: CallOptions & { format?: MessageFormat | undefined } = {}): Promise<Draft> {
    checkedDraftId(id);
    const { format, ...callOptions } = options;
    checkedChoice(format, FORMATS, 'format');
    const answer = await this.#requests.call('drafts.get', callOptions, (api, call) =>
      api.users.drafts.get({ userId: 'me', id, ...present({ format }) }, call),
    );
    return answer.object<Draft>('id');
  }

  /** Deletes a draft for good, past the bin. One that is gone already is a success. Scope `gmail.compose`. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    checkedDraftId(id);
    try {
      await this.#requests.call('drafts.delete', options, (api, call) =>
        api.users.drafts.delete({ userId: 'me', id }, call),
      );
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
}
