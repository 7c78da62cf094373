import { notFound } from './not-found.ts';
import { unexpected } from './unexpected.ts';

/** The names of members that have to be texts: what our code relies on, and no more. */
type Texts<T> = readonly (keyof T & string)[];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What TickTick answered to an operation, or a part of that. */
export class Answer {
  /** JSON; `undefined` for an answer without content, which TickTick uses for success and failure. */
  readonly value: unknown;
  readonly #operation: string;
  readonly #field: string;

  constructor(operation: string, value: unknown, field = '') {
    this.#operation = operation;
    this.value = value;
    this.#field = field;
  }

  /** This very answer, where there is one: TickTick's way to say "no such thing" is often 200 without content. */
  present(what: string): this {
    if (this.value !== undefined) return this;
    throw notFound(what, 200);
  }

  object<T>(...texts: Texts<T>): T {
    return this.#object(this.value, this.#field, texts);
  }

  list<T>(...texts: Texts<T>): T[] {
    if (!Array.isArray(this.value)) throw this.#misfit('a list', this.#field);
    return this.value.map((item, index) => this.#object<T>(item, `${this.#field}[${index}]`, texts));
  }

  /** The member of an object; `absent` where it has none. */
  member(name: string, absent?: unknown): Answer {
    return new Answer(this.#operation, this.object<Record<string, unknown>>()[name] ?? absent, name);
  }

  #object<T>(value: unknown, field: string, texts: Texts<T>): T {
    if (!isObject(value)) throw this.#misfit('an object', field);
    for (const name of texts) {
      if (typeof value[name] !== 'string') throw this.#misfit('a text', field ? `${field}.${name}` : name);
    }
    return value as T;
  }

  #misfit(wanted: string, field: string): Error {
    const place = field || 'the answer';
    return unexpected(`answered ${this.#operation} without ${wanted} in ${place}`, place);
  }
}
