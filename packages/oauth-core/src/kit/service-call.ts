import { ContextSdkError, UnexpectedResponseError } from '../errors/index.ts';
import type { Safety } from '../http/exchange.ts';
import type { Pipeline } from '../http/pipeline.ts';
import { type CheckedCallOptions, deadlineSignal } from './call-options.ts';
import type { Operation, Operations } from './operation.ts';
import { ServiceResponse } from './response.ts';
import type { Wire } from './wire.ts';

/** What a call sends through. */
export interface ServiceParts<Name extends string, Op extends Operation, Request> {
  name: string;
  baseUrl: string;
  /** The host's own, in milliseconds per request on the wire. */
  timeoutMs: number | undefined;
  operations: Operations<Name, Op>;
  pipeline: Pipeline;
  wire: Wire<Op, Request>;
}

/** What one request does differently from its row of the table. */
export interface SendOptions {
  /** For instance `safe` for a write that is only validated. */
  safety?: Safety | undefined;
  /** Milliseconds for the request on the wire, for instance by the size of an upload. The host's own settings win. */
  timeoutMs?: number | undefined;
}

/** A pipeline's fetch that remembers how its one request ended, whatever the library above makes of it. */
class WatchedFetch {
  response: Response | undefined;
  failure: unknown;
  readonly fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.fetch = async (input, init) => {
      try {
        return (this.response = await fetch(input, init));
      } catch (error) {
        this.failure = error;
        throw error;
      }
    };
  }
}

/**
 * One call of a client's method, with all of its requests: the deadline counts from its beginning, and the caller's
 * signal ends it wherever it is.
 */
export class ServiceCall<Name extends string, Op extends Operation, Request> {
  readonly #parts: ServiceParts<Name, Op, Request>;
  readonly #options: CheckedCallOptions;
  #signal: AbortSignal | undefined;

  constructor(parts: ServiceParts<Name, Op, Request>, options: CheckedCallOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** Aborts with the caller's signal and at the deadline: for what a method does besides sending requests. */
  get signal(): AbortSignal | undefined {
    return (this.#signal ??= deadlineSignal(this.#options, this.#parts.name));
  }

  /** One request and its response. Rejects with typed errors for responses that are failures. */
  async send(name: Name, request: Request, options: SendOptions = {}): Promise<ServiceResponse> {
    const { name: service, baseUrl, operations, wire } = this.#parts;
    const operation = operations[name];
    const watched = new WatchedFetch(this.#fetchFor(name, operation, options));
    try {
      const value = await wire({ name, operation, request, baseUrl }, watched.fetch);
      return new ServiceResponse({ service, operation: name }, value, watched.response?.headers);
    } catch (error) {
      // A library wraps what the pipeline threw in an error that holds the request with its headers.
      throw watched.failure ?? (watched.response ? this.#unreadable(name, error) : error);
    }
  }

  #fetchFor(name: Name, operation: Op, { safety, timeoutMs }: SendOptions): typeof globalThis.fetch {
    return this.#parts.pipeline.fetchFor({
      ...this.#options,
      timeoutMs: this.#options.timeoutMs ?? this.#parts.timeoutMs ?? timeoutMs,
      operation: name,
      safety: safety ?? operation.safety,
      scopes: operation.scopes,
      cost: operation.cost,
    });
  }

  /** Errors of libraries carry the request and the response, so no more than their name is passed on. */
  #unreadable(operation: string, error: unknown): unknown {
    if (error instanceof ContextSdkError) return error;
    const { name: service } = this.#parts;
    const said =
      error instanceof SyntaxError ? 'something other than JSON' : 'what its library could not read';
    return new UnexpectedResponseError(`${service} answered ${operation} with ${said}.`, { service });
  }
}
