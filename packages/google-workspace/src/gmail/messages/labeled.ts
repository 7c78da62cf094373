import { type CallOptions, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { GmailService } from '../operations.ts';
import { type LabelChanges, labelChangesBody } from './label-changes.ts';
import type { MessageRef, Thread } from './message.ts';

/** What {@link Labeled} organizes, and what Gmail returns of it. */
interface Kinds {
  messages: MessageRef;
  threads: Pick<Thread, 'id' | 'historyId' | 'messages'>;
}

/** What messages and threads have in common: labels, by which Gmail files everything. All need the scope `gmail.modify`. */
export class Labeled<Kind extends keyof Kinds> {
  readonly #kind: Kind;
  readonly #service: GmailService;

  constructor(kind: Kind, service: GmailService) {
    this.#kind = kind;
    this.#service = service;
  }

  /** Adds and removes labels. Throws {@link NotFoundError}, and {@link InvalidRequestError} for a label that doesn't exist. */
  async modify(id: string, changes: LabelChanges, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.#send('modify', id, options, labelChangesBody(changes));
  }

  /** Takes it out of the inbox. */
  async archive(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.modify(id, { remove: ['INBOX'] }, options);
  }

  /** Puts it back into the inbox. */
  async unarchive(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.modify(id, { add: ['INBOX'] }, options);
  }

  /** Removes `UNREAD`. */
  async markRead(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.modify(id, { remove: ['UNREAD'] }, options);
  }

  /** Adds `UNREAD`. */
  async markUnread(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.modify(id, { add: ['UNREAD'] }, options);
  }

  /** Adds `STARRED`. */
  async star(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.modify(id, { add: ['STARRED'] }, options);
  }

  /** Removes `STARRED`. */
  async unstar(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.modify(id, { remove: ['STARRED'] }, options);
  }

  /** Moves it to the trash, from where Gmail deletes it after 30 days. Throws {@link NotFoundError}. */
  async trash(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.#send('trash', id, options);
  }

  /** Takes it out of the trash. It is not in the inbox again. Throws {@link NotFoundError}. */
  async untrash(id: string, options?: CallOptions): Promise<Kinds[Kind]> {
    return await this.#send('untrash', id, options);
  }

  /**
   * Deletes it for good, past the trash. Succeeds if it is already gone. Scope `https://mail.google.com/`, which
   * `gmail.modify` doesn't include; {@link Labeled.trash} needs less.
   */
  async delete(id: string, options?: CallOptions): Promise<void> {
    const params = { id: checkedId(id, 'id', invalid) };
    await unlessNotFound(this.#service.call(options).send(`${this.#kind}.delete`, { params }));
  }

  async #send(
    method: 'modify' | 'trash' | 'untrash',
    id: string,
    options: CallOptions | undefined,
    json?: object,
  ): Promise<Kinds[Kind]> {
    const params = { id: checkedId(id, 'id', invalid) };
    const request = json === undefined ? { params } : { params, json };
    const response = await this.#service.call(options).send(`${this.#kind}.${method}`, request);
    return response.object<Kinds[Kind]>({ id: 'string' });
  }
}
