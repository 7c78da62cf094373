import { ContextSdkError, InvalidRequestError, UnexpectedResponseError } from '../errors/index.ts';
import { type Hooks, notify } from '../hooks/hooks.ts';
import type { CallOptions, GrantPin, Safety } from '../http/exchange.ts';
import type { FetchRouteOptions } from '../http/fetch-route.ts';
import type { Pipeline } from '../http/pipeline.ts';
import type { Identify, ProviderAccount } from '../oauth/provider.ts';
import {
  type CheckedCallOptions,
  checkedCallOptions,
  type OwnArgument,
  type OwnOptions,
} from './call-options.ts';
import type { Operation, Operations } from './operation.ts';
import { ServiceResponse } from './response.ts';
import type { Wire } from './wire.ts';

/** What a call sends its requests with. */
export interface ServiceParts<Name extends string, Op extends Operation, Request> {
  name: string;
  baseUrl: string;
  /** The host's own, in milliseconds per request on the wire. */
  timeoutMs: number | undefined;
  operations: Operations<Name, Op>;
  missingOperation: (name: Name) => Error;
  pipeline: Pipeline;
  wire: Wire<Op, Request>;
  hooks: Hooks | undefined;
}

/** What one request does differently from its row of the table. */
export interface SendOptions {
  /** For instance `safe` for a write that is only validated. */
  safety?: Safety | undefined;
  /** Milliseconds for the request on the wire, for instance by the size of an upload. The host's own settings win. */
  timeoutMs?: number | undefined;
  /** Bytes of the response at most: for a file, which is as large as it is. Default: that of the client. */
  maxResponseBytes?: number | undefined;
  /** Units of the service's limits, for a request that does the work of several. */
  cost?: number | undefined;
}

const FETCH_OPTIONS: OwnOptions<FetchRouteOptions> = { safety: 'string', cost: 'number' };

/** A service for one account: every method of a client sends its requests through it. */
export class Service<Name extends string, Op extends Operation, Request> {
  readonly name: string;
  readonly #parts: ServiceParts<Name, Op, Request>;

  constructor(parts: ServiceParts<Name, Op, Request>) {
    this.name = parts.name;
    this.#parts = parts;
  }

  /**
   * Begins a call: the first line of every method. All requests of the method go through what it returns, so that they
   * share one deadline. `own` are the options that the method has besides those of every method. Throws
   * {@link InvalidRequestError} naming an option that doesn't exist, and {@link ConfigurationError} naming one that can't work.
   */
  call<Options extends CallOptions>(
    options?: Options,
    ...own: OwnArgument<Options>
  ): ServiceCall<Name, Op, Request> {
    return new ServiceCall(this.#parts, options ? checkedCallOptions(options, this.name, ...own) : {});
  }

  /**
   * Reaches any route behind the base URL, with the token, limits, retries and errors of every method: responses that
   * are failures reject. Default for `safety`: what the HTTP method says.
   */
  async fetch(path: string, init?: RequestInit, options?: FetchRouteOptions): Promise<Response> {
    const { pipeline, baseUrl } = this.#parts;
    const call = checkedCallOptions(options, this.name, FETCH_OPTIONS);
    // Loaded on first use: most processes call methods alone.
    const { fetchRoute } = await import('../http/fetch-route.ts');
    const { safety, cost } = options ?? {};
    const source = { pipeline, baseUrl, service: this.name };
    return await fetchRoute(source, path, init ?? {}, { ...call, safety, cost });
  }

  /** Reads the account with a host's own function. Its `fetch` takes paths behind the base URL, and URLs of this service. */
  async identify(identify: Identify, options?: CallOptions): Promise<ProviderAccount> {
    const { pipeline, baseUrl } = this.#parts;
    const { identifyAccount } = await import('./identify-account.ts');
    return await identifyAccount(identify, { service: this.name, pipeline, baseUrl }, options);
  }
}

/** One call of a client's method, with all of its requests. The deadline counts from its beginning. */
export class ServiceCall<Name extends string, Op extends Operation, Request> {
  /** The service's name. */
  readonly service: string;
  /** Aborts with the caller's signal and at the deadline: for what a method does besides sending requests. */
  readonly signal: AbortSignal | undefined;
  /** How many requests were sent so far; retries are not counted. */
  requests = 0;
  readonly #parts: ServiceParts<Name, Op, Request>;
  readonly #options: CheckedCallOptions;
  readonly #pin: GrantPin;

  constructor(parts: ServiceParts<Name, Op, Request>, options: CheckedCallOptions) {
    this.service = parts.name;
    this.signal = options.signal;
    this.#parts = parts;
    this.#options = options;
    this.#pin = { grantId: options.grantId };
  }

  /** The grant that the call is pinned to: known from its first request on, where the source of tokens tells. */
  get grantId(): string | undefined {
    return this.#pin.grantId;
  }

  /** One request and its response. Rejects with typed errors for responses that are failures. */
  async send(name: Name, request: Request, options: SendOptions = {}): Promise<ServiceResponse> {
    const { operations, missingOperation, pipeline, wire, baseUrl, timeoutMs, hooks } = this.#parts;
    const operation = operations[name];
    if (operation === undefined) throw missingOperation(name);
    this.requests += 1;
    const fetch = pipeline.fetchFor({
      ...this.#options,
      timeoutMs: this.#options.timeoutMs ?? timeoutMs ?? options.timeoutMs,
      operation: name,
      safety: options.safety ?? operation.safety,
      scopes: operation.scopes,
      cost: options.cost ?? operation.cost,
      lane: operation.lane,
      pin: this.#pin,
      maxResponseBytes: options.maxResponseBytes,
    });
    let response: Response | undefined;
    let failure: unknown;
    try {
      const value = await wire({ name, operation, request, baseUrl }, async (input, init) => {
        try {
          return (response = await fetch(input, init));
        } catch (error) {
          failure = error;
          throw error;
        }
      });
      const { service } = this;
      const report = (field: string): void => notify(hooks, 'onSkipped', { service, operation: name, field });
      return new ServiceResponse({ service, operation: name, report }, value, response?.headers);
    } catch (error) {
      // A library wraps what the pipeline threw in an error that holds the request with its headers.
      throw (
        failure ?? (response ? this.#unreadable(name, error) : await this.#unsendable(name, request, error))
      );
    }
  }

  /** What a library throws of input that is not JSON, not well-formed text, or no text at all where it wants one. */
  async #unsendable(operation: string, request: Request, error: unknown): Promise<unknown> {
    if (!(error instanceof TypeError || error instanceof RangeError || error instanceof URIError))
      return error;
    const { unsendablePart } = await import('./unsendable-part.ts');
    const part = unsendablePart(request) ?? 'a part of it';
    const message = `The input of ${operation} can't be sent: ${part} is no JSON or no well-formed text.`;
    return new InvalidRequestError(message, { service: this.service });
  }

  /** Errors of libraries carry the request and the response, so no more than their name is passed on. */
  #unreadable(operation: string, error: unknown): unknown {
    if (error instanceof ContextSdkError) return error;
    const { service } = this;
    const said =
      error instanceof SyntaxError ? 'something other than JSON' : 'what its library could not read';
    const message = `${service} answered ${operation} with ${said}.`;
    return new UnexpectedResponseError(message, { service, field: 'the response' });
  }
}
