import { UnexpectedResponseError } from '../errors/index.ts';

/** The types of the members that a client's own code relies on. */
export type RequiredMembers<T> = {
  readonly [Name in keyof T & string]?: 'string' | 'number' | 'boolean' | 'object';
};

/** What a service answered to an operation, or one part of it. */
export class ServiceResponse {
  /** Parsed JSON; `undefined` if the response has no content. */
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

  /** The response as an object. Throws {@link UnexpectedResponseError} naming the member that doesn't fit. */
  object<T>(members: RequiredMembers<T> = {}): T {
    if (jsonType(this.value) !== 'object') throw this.#misfit('an object');
    const value = this.value as Record<string, unknown>;
    for (const [name, type] of Object.entries<string | undefined>(members)) {
      if (jsonType(value[name]) === type) continue;
      throw this.#part(this.#nameOf(name), value[name]).#misfit(
        type === 'object' ? 'an object' : `a ${type}`,
      );
    }
    return value as T;
  }

  /** The response as a list of objects. Throws {@link UnexpectedResponseError} naming the item that doesn't fit. */
  list<T>(members: RequiredMembers<T> = {}): T[] {
    if (!Array.isArray(this.value)) throw this.#misfit('a list');
    const types = Object.entries<string | undefined>(members);
    const fits = (item: unknown): item is T =>
      jsonType(item) === 'object' &&
      types.every(([name, type]) => jsonType((item as Record<string, unknown>)[name]) === type);
    return this.value.map((item: unknown, index) =>
      fits(item) ? item : this.#part(`${this.#field}[${index}]`, item).object<T>(members),
    );
  }

  /** A member of the response. Default: `absent`. */
  member(name: string, absent?: unknown): ServiceResponse {
    return this.#part(this.#nameOf(name), this.object<Record<string, unknown>>()[name] ?? absent);
  }

  /** A text that may be absent or empty. */
  text(name: string): string | undefined {
    const value = this.object<Record<string, unknown>>()[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  #nameOf(member: string): string {
    return this.#field ? `${this.#field}.${member}` : member;
  }

  #part(field: string, value: unknown): ServiceResponse {
    return new ServiceResponse(
      { service: this.#service, operation: this.#operation, field },
      value,
      this.headers,
    );
  }

  #misfit(wanted: string): UnexpectedResponseError {
    const place = this.#field || 'the response';
    const message = `${this.#service} answered ${this.#operation} without ${wanted} in ${place}.`;
    return new UnexpectedResponseError(message, { service: this.#service, field: place });
  }
}

/** JSON's own types: neither a list nor null is an object. */
function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
