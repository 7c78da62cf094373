import { UnexpectedResponseError } from '@context-sdk/oauth-core';

type Fields = Record<string, unknown>;

/** The names of members that have to be texts: what our code relies on, and no more. */
type Texts<T> = readonly (keyof T & string)[];

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What Google answered to a method. */
export class Answer {
  readonly #service: string;
  readonly #method: string;
  readonly #value: unknown;

  constructor(service: string, method: string, value: unknown) {
    this.#service = service;
    this.#method = method;
    this.#value = value;
  }

  /** The answer as an object with these texts. Throws {@link UnexpectedResponseError} naming the field. */
  object<T>(...texts: Texts<T>): T {
    return this.#object(this.#value, '', texts);
  }

  /** A list in the answer, whose items have these texts; Google leaves out lists that are empty. */
  list<T>(name: string, ...texts: Texts<T>): T[] {
    const items = this.object<Fields>()[name] ?? [];
    if (!Array.isArray(items)) throw this.#misfit('a list', name);
    return items.map((item, index) => this.#object<T>(item, `${name}[${index}]`, texts));
  }

  /** A text in the answer that may be absent. */
  text(name: string): string | undefined {
    const value = this.object<Fields>()[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  #object<T>(value: unknown, field: string, texts: Texts<T>): T {
    if (!isObject(value)) throw this.#misfit('an object', field);
    for (const name of texts) {
      if (typeof value[name] !== 'string') throw this.#misfit('a text', field ? `${field}.${name}` : name);
    }
    return value as T;
  }

  #misfit(wanted: string, field: string): UnexpectedResponseError {
    const place = field || 'the answer';
    const message = `${this.#service} answered ${this.#method} without ${wanted} in ${place}.`;
    return new UnexpectedResponseError(message, { service: this.#service, field: place });
  }
}
