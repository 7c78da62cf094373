import { type CallOptions, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { type ItemListing, itemListing, type ItemListOptions } from '../../list-items.ts';
import { invalid } from '../errors.ts';
import type { GmailOperationName, GmailService } from '../operations.ts';
import type { MailRequest } from '../wire.ts';
import { type Label, labelBody, type LabelInput, type LabelUpdate } from './label.ts';

/** The mailbox's labels. Scope `gmail.labels`; `gmail.readonly` is enough for reading. */
export class Labels {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    this.#service = service;
  }

  /** All labels, Gmail's and the user's, without counts. One request. */
  list(options?: CallOptions & ItemListOptions): ItemListing<Label> {
    const service = this.#service;
    const pages = async function* () {
      yield await service.call(options, { onSkipped: 'function' }).send('labels.list', {});
    };
    return itemListing(options, pages, 'labels');
  }

  /** One label with its counts. Throws {@link NotFoundError}. */
  async get(id: string, options?: CallOptions): Promise<Label> {
    return await this.#send('labels.get', { params: idOf(id) }, options);
  }

  /** The label with this name, in any case, as Gmail compares names; undefined if there is none. One request. */
  async findByName(name: string, options?: CallOptions): Promise<Label | undefined> {
    if (typeof name !== 'string') throw invalid('name', 'is not a string');
    const wanted = name.trim().toLowerCase();
    const labels = await this.list(options).toArray();
    return labels.find(({ name: one }) => typeof one === 'string' && one.toLowerCase() === wanted);
  }

  /** Throws {@link ConflictError} if there is a label with this name; an account has at most 10,000. */
  async create(label: LabelInput, options?: CallOptions): Promise<Label> {
    return await this.#send('labels.create', { json: labelBody(label, true) }, options);
  }

  /** Changes what is named. Throws {@link NotFoundError}, and {@link InvalidRequestError} for a label of Gmail's. */
  async patch(id: string, changes: LabelUpdate, options?: CallOptions): Promise<Label> {
    return await this.#send('labels.patch', { params: idOf(id), json: labelBody(changes, false) }, options);
  }

  /** Replaces the label: what isn't named gets Gmail's default. Throws as {@link Labels.patch}. */
  async replace(id: string, label: LabelInput, options?: CallOptions): Promise<Label> {
    const params = idOf(id);
    const json = { ...params, ...labelBody(label, true) };
    return await this.#send('labels.replace', { params, json }, options);
  }

  /** Deletes a label and takes it off all messages, which stay. Succeeds if it is already gone. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    await unlessNotFound(this.#service.call(options).send('labels.delete', { params: idOf(id) }));
  }

  async #send(
    name: GmailOperationName,
    request: MailRequest,
    options: CallOptions | undefined,
  ): Promise<Label> {
    const response = await this.#service.call(options).send(name, request);
    return response.object<Label>({ id: 'string', name: 'string' });
  }
}

function idOf(id: string): { id: string } {
  return { id: checkedId(id, 'id', invalid) };
}
