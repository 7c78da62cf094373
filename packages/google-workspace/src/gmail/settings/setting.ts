import {
  type CallOptions,
  isObject,
  type Listing,
  listing,
  omitUndefined,
  type RequiredMembers,
  unlessNotFound,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { GmailService } from '../operations.ts';

type SettingName = 'forwarding' | 'imap' | 'language' | 'pop' | 'vacation';

/** Checks what a setting is set with, and makes it what Gmail takes. */
export type ToBody<Input> = (input: Input) => object | Promise<object>;

/** A single setting of the mailbox. `Input` is what it is set with. */
export class Setting<T, Input = T> {
  readonly #service: GmailService;
  readonly #name: SettingName;
  readonly #toBody: ToBody<Input>;

  constructor(service: GmailService, name: SettingName, toBody: ToBody<Input>) {
    this.#service = service;
    this.#name = name;
    this.#toBody = toBody;
  }

  /** Scope `gmail.settings.basic` or `gmail.readonly`. */
  async get(options?: CallOptions): Promise<T> {
    const response = await this.#service.call(options).send(`settings.${this.#name}.get`, {});
    return response.object<T>();
  }

  /** Replaces the setting. Scope `gmail.settings.basic`; for forwarding, `gmail.settings.sharing`. */
  async update(input: Input, options?: CallOptions): Promise<T> {
    if (!isObject(input)) throw invalid(this.#name, 'is not an object');
    const json = omitUndefined({ ...(await this.#toBody(input)) });
    const response = await this.#service.call(options).send(`settings.${this.#name}.update`, { json });
    return response.object<T>();
  }
}

type CollectionName = 'delegates' | 'filters' | 'forwardingAddresses' | 'sendAs';

/** Where the items of a collection are, and how they are told apart. */
export interface CollectionPlace<T> {
  name: CollectionName;
  /** The list in the response of `list`. */
  member: string;
  /** The field by which an item is named. */
  key: keyof T & string;
}

/** A list of settings. Reading needs the scope `gmail.settings.basic` or `gmail.readonly`. */
export class SettingList<T, Input> {
  readonly #service: GmailService;
  readonly #place: CollectionPlace<T>;
  readonly #toBody: ToBody<Input>;

  constructor(service: GmailService, place: CollectionPlace<T>, toBody: ToBody<Input>) {
    this.#service = service;
    this.#place = place;
    this.#toBody = toBody;
  }

  /** All of them. One request. */
  list(options?: CallOptions): Listing<T> {
    const { name, member, key } = this.#place;
    const service = this.#service;
    return listing(async function* () {
      const response = await service.call(options).send(`settings.${name}.list`, {});
      yield* response.member(member, []).list<T>({ [key]: 'string' } as RequiredMembers<T>);
    });
  }

  /** Throws {@link NotFoundError}. */
  async get(id: string, options?: CallOptions): Promise<T> {
    const { name } = this.#place;
    const response = await this.#service
      .call(options)
      .send(`settings.${name}.get`, { params: this.#idOf(id) });
    return response.object<T>();
  }

  /** Scope `gmail.settings.sharing`, which Google gives to service accounts of a domain only; `gmail.settings.basic` for filters. */
  async create(input: Input, options?: CallOptions): Promise<T> {
    if (!isObject(input)) throw invalid(this.#place.name, 'is not an object');
    const json = omitUndefined({ ...(await this.#toBody(input)) });
    const response = await this.#service.call(options).send(`settings.${this.#place.name}.create`, { json });
    return response.object<T>();
  }

  /** Succeeds if it is already gone. Scope as for {@link SettingList.create}. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    const request = { params: this.#idOf(id) };
    await unlessNotFound(this.#service.call(options).send(`settings.${this.#place.name}.delete`, request));
  }

  #idOf(id: string): Record<string, string> {
    return { [this.#place.key]: checkedId(id, this.#place.key, invalid) };
  }
}
