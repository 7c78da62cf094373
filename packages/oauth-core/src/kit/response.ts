import { UnexpectedResponseError } from '../errors/index.ts';

/** The types of the members that a client's own code relies on. */
export type RequiredMembers<T> = {
  readonly [Name in keyof T & string]?: 'string' | 'number' | 'boolean' | 'object';
};

/** Takes the place of what a list leaves out. */
export type ReportSkipped = (field: string) => void;

/** What a service answered to an operation, or one part of it. */
export class ServiceResponse {
  /** Parsed JSON; `undefined` if the response has no content. */
  readonly value: unknown;
  readonly headers: Headers;
  readonly #service: string;
  readonly #operation: string;
  readonly #field: string;
  readonly #report: ReportSkipped | undefined;

  constructor(
    source: { service: string; operation: string; field?: string; report?: ReportSkipped | undefined },
    value: unknown,
    headers: Headers = new Headers(),
  ) {
    this.#service = source.service;
    this.#operation = source.operation;
    this.#field = source.field ?? '';
    this.#report = source.report;
    this.value = value;
    this.headers = headers;
  }

  /** The response as an object. Throws {@link UnexpectedResponseError} naming the member that doesn't fit. */
  object<T>(members: RequiredMembers<T> = {}): T {
    if (jsonType(this.value) !== 'object') throw this.#misfit('an object');
    const value = this.value as Record<string, unknown>;
    for (const [name, type] of Object.entries<string | undefined>(members)) {
      if (jsonType(value[name]) === type) continue;
      throw this.part(name, value[name]).#misfit(type === 'object' ? 'an object' : `a ${type}`);
    }
    return value as T;
  }

  /**
   * The rows of a list. One that is no object, or lacks one of the members, is left out and reported: it costs no other its place.
   * Throws {@link UnexpectedResponseError} if there is no list.
   */
  list<T>(members: RequiredMembers<T> = {}): T[] {
    if (!Array.isArray(this.value)) throw this.#misfit('a list');
    const types = Object.entries<string | undefined>(members);
    return this.value.filter((row: unknown, index): row is T => {
      const fits =
        jsonType(row) === 'object' &&
        types.every(([name, type]) => jsonType((row as Record<string, unknown>)[name]) === type);
      if (!fits) this.skip(index);
      return fits;
    });
  }

  /** Reports what is left out, by its place in the response: the index of a row, or `dueDate`, `[3].dueDate`. */
  skip(place: number | string): void {
    this.#report?.(this.#placeOf(typeof place === 'number' ? `[${place}]` : place));
  }

  /** A member of the response. Default: `absent`. */
  member(name: string, absent?: unknown): ServiceResponse {
    return this.part(name, this.object<Record<string, unknown>>()[name] ?? absent);
  }

  /** A text that may be absent or empty. */
  text(name: string): string | undefined {
    const value = this.object<Record<string, unknown>>()[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** What was found in the response under a name, or at `[3]` of a list. */
  part(name: string, value: unknown): ServiceResponse {
    return new ServiceResponse(
      {
        service: this.#service,
        operation: this.#operation,
        field: this.#placeOf(name),
        report: this.#report,
      },
      value,
      this.headers,
    );
  }

  #placeOf(within: string): string {
    return this.#field === '' || within.startsWith('[')
      ? `${this.#field}${within}`
      : `${this.#field}.${within}`;
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
