import { isObject } from '../input/checked-object.ts';
import { unexpected } from './unexpected.ts';

/** The members that have to be numbers or texts: what our code relies on, and no more. */
export type Members<T> = { readonly [Name in keyof T & string]?: 'number' | 'string' | 'object' };

/** What Azure DevOps answered to an operation. */
export class Answer {
  /** JSON; `undefined` for an answer without content. */
  readonly value: unknown;
  readonly headers: Headers;
  readonly #operation: string;

  constructor(operation: string, value: unknown, headers: Headers = new Headers()) {
    this.#operation = operation;
    this.value = value;
    this.headers = headers;
  }

  object<T>(members: Members<T> = {}): T {
    return this.#checked(this.value, '', members);
  }

  /** The items of `{ count, value: […] }`. */
  list<T>(members: Members<T> = {}): T[] {
    return this.member('value', members);
  }

  /** The items of a list that is a member of the answer. */
  member<T>(name: string, members: Members<T> = {}): T[] {
    const items = this.object<Record<string, unknown>>()[name];
    if (!Array.isArray(items)) throw this.#misfit('a list', name);
    return items.map((item, index) => this.#checked<T>(item, `${name}[${index}]`, members));
  }

  /** The same without the `null`s that stand in a list for what is not there (`errorPolicy: omit`). */
  withoutHoles(): Answer {
    const { value, ...rest } = this.object<{ value?: unknown }>();
    const filled: unknown = Array.isArray(value) ? value.filter((item) => item !== null) : value;
    return new Answer(this.#operation, { ...rest, value: filled }, this.headers);
  }

  #checked<T>(value: unknown, field: string, members: Members<T>): T {
    if (!isObject(value)) throw this.#misfit('an object', field);
    for (const [name, type] of Object.entries<string | undefined>(members)) {
      const member = value[name];
      const fits = type === 'object' ? isObject(member) : typeof member === type;
      if (!fits) throw this.#misfit(`a ${type}`, field ? `${field}.${name}` : name);
    }
    return value as T;
  }

  #misfit(wanted: string, field: string): Error {
    const place = field || 'the answer';
    return unexpected(`answered ${this.#operation} without ${wanted} in ${place}`, place);
  }
}
