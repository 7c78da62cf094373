import { UnexpectedResponseError } from '../errors/index.ts';
import { isObject } from '../json/json-object.ts';

/** The members that must have these types: what a client's own code relies on, and no more. */
export type RequiredMembers<T> = {
  readonly [Name in keyof T & string]?: 'string' | 'number' | 'boolean' | 'object';
};

/** What a service answered to an operation, or one part of it. */
export class ServiceResponse {
  /** Parsed JSON; `undefined` where the response has no content. */
  readonly value: unknown;
  readonly headers: Headers;
  readonly #service: string;
  readonly #operation: string;
  readonly #field: string;

  constructor(
    source: { service: string; operation: string; field?: string },
    value: unknown,
    headers: Headers = new Headers(),
  ) {
    this.#service = source.service;
    this.#operation = source.operation;
    this.#field = source.field ?? '';
    this.value = value;
    this.headers = headers;
  }

  /** The response as an object. Throws {@link UnexpectedResponseError} naming the member that does not fit. */
  object<T>(members: RequiredMembers<T> = {}): T {
    return this.#checked(this.value, this.#field, members);
  }

  /** The response as a list of objects. Throws {@link UnexpectedResponseError} naming the item that does not fit. */
  list<T>(members: RequiredMembers<T> = {}): T[] {
    if (!Array.isArray(this.value)) throw this.#misfit('a list', this.#field);
    return this.value.map((item, index) => this.#checked<T>(item, `${this.#field}[${index}]`, members));
  }

  /** A member of the response; `absent` stands in where it has none. */
  member(name: string, absent?: unknown): ServiceResponse {
    const value = this.object<Record<string, unknown>>()[name] ?? absent;
    const field = this.#field ? `${this.#field}.${name}` : name;
    return new ServiceResponse(
      { service: this.#service, operation: this.#operation, field },
      value,
      this.headers,
    );
  }

  /** The list without its nulls, which stand for items that could not be read. */
  omitNulls(): ServiceResponse {
    const source = { service: this.#service, operation: this.#operation, field: this.#field };
    const value: unknown = Array.isArray(this.value)
      ? this.value.filter((item) => item !== null)
      : this.value;
    return new ServiceResponse(source, value, this.headers);
  }

  /** A text that may be absent or empty. */
  text(name: string): string | undefined {
    const value = this.object<Record<string, unknown>>()[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  #checked<T>(value: unknown, field: string, members: RequiredMembers<T>): T {
    if (!isObject(value)) throw this.#misfit('an object', field);
    for (const [name, type] of Object.entries<string | undefined>(members)) {
      const member = value[name];
      const fits = type === 'object' ? isObject(member) : typeof member === type;
      if (!fits)
        throw this.#misfit(type === 'object' ? 'an object' : `a ${type}`, field ? `${field}.${name}` : name);
    }
    return value as T;
  }

  #misfit(wanted: string, field: string): UnexpectedResponseError {
    const place = field || 'the response';
    const message = `${this.#service} answered ${this.#operation} without ${wanted} in ${place}.`;
    return new UnexpectedResponseError(message, { service: this.#service, field: place });
  }
}
