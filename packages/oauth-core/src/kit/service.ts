import { ConfigurationError } from '../errors/index.ts';
import type { Hooks } from '../hooks/hooks.ts';
import type { CallOptions, Classify, RetryOptions } from '../http/exchange.ts';
import { fetchRoute, type FetchRouteOptions } from '../http/fetch-route.ts';
import { createPipeline } from '../http/pipeline.ts';
import type { RateLimit, RateLimiter } from '../limiters/rate-limiter.ts';
import { type AccessTokenSource, staticToken } from '../tokens/access-token-source.ts';
import { checkedBaseUrl } from '../urls/safe-url.ts';
import { withAuthHint } from './auth-hint.ts';
import { checkedCallOptions } from './call-options.ts';
import { classifyByStatus } from './classify-by-status.ts';
import type { Operation, Operations } from './operation.ts';
import { ServiceCall, type ServiceParts } from './service-call.ts';
import type { Wire } from './wire.ts';

/** What the host gives to a client besides its address: `auth` is needed, the rest can be changed. */
export interface ServiceOptions {
  /** A source such as a `TokenManager`, or an access token. */
  auth: string | AccessTokenSource;
  /** Default: one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** Default: the service's limits per account. */
  limits?: readonly RateLimit[] | undefined;
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire. Default: 30,000. */
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

/** A service as its client describes it. */
export interface ServiceDefinition<Name extends string, Op extends Operation, Request> {
  /** Named in errors and events, and part of the limiter's key. */
  name: string;
  /** Where requests go, and with them tokens. Must be https, or http on this machine. */
  baseUrl: string;
  /** Further origins that may get a token. */
  origins?: readonly string[] | undefined;
  operations: Operations<Name, NoInfer<Op>>;
  /** What one account may do; the host may say otherwise. */
  limits: readonly RateLimit[];
  /** What responses mean. Default: what their HTTP status says. */
  classify?: Classify | undefined;
  wire: Wire<Op, Request>;
  /** Response headers that may hold the service's request id. */
  requestIdHeaders?: readonly string[] | undefined;
  /** Milliseconds per request on the wire, where the host says nothing. Default: 30,000. */
  timeoutMs?: number | undefined;
  /** What else may be wrong where a fresh token is refused, for the error. */
  authHint?: string | undefined;
}

/** A service for one account: what every method of a client sends its requests through. */
export class Service<Name extends string, Op extends Operation, Request> {
  readonly name: string;
  readonly #parts: ServiceParts<Name, Op, Request>;

  constructor(definition: ServiceDefinition<Name, Op, Request>, options: ServiceOptions) {
    const { name, operations, wire, origins = [] } = definition;
    const baseUrl = checkedBaseUrl(definition.baseUrl, name);
    this.name = name;
    const pipeline = createPipeline({
      ...options,
      service: name,
      auth: checkedAuth(options.auth, name),
      limits: options.limits ?? definition.limits,
      timeoutMs: options.timeoutMs ?? definition.timeoutMs,
      classify: definition.classify ?? classifyByStatus(name),
      requestIdHeaders: definition.requestIdHeaders,
      origins: [new URL(baseUrl).origin, ...origins],
    });
    const { authHint } = definition;
    this.#parts = {
      name,
      baseUrl,
      timeoutMs: options.timeoutMs,
      operations,
      wire,
      pipeline: authHint === undefined ? pipeline : withAuthHint(pipeline, authHint, name),
    };
  }

  /**
   * Begins a call: the first line of every method. All requests of the method go through what it returns, so that they
   * share one deadline. Throws {@link ConfigurationError} naming the option that can't work.
   */
  call(options?: CallOptions): ServiceCall<Name, Op, Request> {
    return new ServiceCall(this.#parts, checkedCallOptions(options, this.name));
  }

  /**
   * Reaches any route behind the base URL, with the token, limits, retries and errors of every method: responses that
   * are failures reject. `safety` follows from the HTTP method unless it is given.
   */
  async fetch(path: string, init?: RequestInit, options?: FetchRouteOptions): Promise<Response> {
    const { pipeline, baseUrl } = this.#parts;
    return await fetchRoute({ pipeline, baseUrl, service: this.name }, path, init, options);
  }
}

/** A service, as its client describes it, for a host. Throws {@link ConfigurationError} naming the option that can't work. */
export function defineService<Name extends string, Op extends Operation, Request>(
  definition: ServiceDefinition<Name, Op, Request>,
  options: ServiceOptions,
): Service<Name, Op, Request> {
  return new Service(definition, options);
}

function checkedAuth(auth: string | AccessTokenSource, service: string): AccessTokenSource {
  if (typeof auth === 'string') return staticToken(auth);
  if (typeof auth === 'object' && typeof auth?.getAccessToken === 'function') return auth;
  throw new ConfigurationError('auth must be an access token or a source of access tokens.', { service });
}
