import { ConfigurationError } from '../errors/index.ts';
import { HOOKS, type Hooks } from '../hooks/hooks.ts';
import type { Classify, CredentialProbe, PipelineOptions, RetryOptions } from '../http/exchange.ts';
import { createPipeline, type Pipeline } from '../http/pipeline.ts';
import { RETRY_OPTIONS } from '../http/retry.ts';
import type { RateLimit, RateLimiter } from '../limiters/rate-limiter.ts';
import { checkOptions, type OptionTable, type OptionTypes } from '../options/option-types.ts';
import { type AccessTokenSource, bearerSource } from '../tokens/access-token-source.ts';
import { checkedBaseUrl } from '../urls/safe-url.ts';
import type { Operation, Operations } from './operation.ts';
import { Service } from './service.ts';
import type { Wire } from './wire.ts';

/** What the host gives to a client besides its address: `auth` is required, everything else has a default. */
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
  /** Bytes of a response at most; a larger one is {@link UnexpectedResponseError}. Default: 64 MiB. */
  maxResponseBytes?: number | undefined;
  /** Milliseconds that a call waits for the rate limiter unless it says otherwise; 0 never waits. Default: as long as it takes. */
  maxWaitMs?: number | undefined;
  /**
   * Milliseconds that a service may ask a call to wait. If it asks for more, its own error is thrown at once, with
   * `retryAt`, and other calls go on. Default: 60,000.
   */
  maxPauseMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
}

/** A service as its client describes it. */
export interface ServiceDefinition<Name extends string, Op extends Operation, Request> {
  /** Named in errors and events, and part of the limiter's key. */
  name: string;
  /** Where requests go, and with them tokens. Must be https, or http on this machine. */
  baseUrl: string;
  /** Whether the base URL may be plain http: for a server in an intranet. Default: false. */
  allowHttp?: boolean | undefined;
  /** Further origins that may get a token. */
  origins?: readonly string[] | undefined;
  operations: Operations<Name, NoInfer<Op>>;
  /** The error for an operation that the table lacks. Default: a {@link ConfigurationError} that names it. */
  missingOperation?: ((name: Name) => Error) | undefined;
  /** What one account may do. The host can replace it. */
  limits: readonly RateLimit[];
  /** What responses mean: `classifyByStatus(name)` if their HTTP status says it all. */
  classify: Classify;
  wire: Wire<Op, Request>;
  /** Asked before a token counts as rejected. Default: the route's word counts. `url` is a path behind the base URL. */
  probe?: CredentialProbe | undefined;
  /** Response headers that may hold the service's request id. */
  requestIdHeaders?: readonly string[] | undefined;
  /** Milliseconds per request on the wire, unless the host gives another. Default: 30,000. */
  timeoutMs?: number | undefined;
  /** Default: `createPipeline`. */
  pipeline?: ((options: PipelineOptions) => Pipeline) | undefined;
}

const SERVICE_OPTIONS: OptionTypes<ServiceOptions> = {
  auth: 'string|object',
  rateLimiter: 'object',
  limits: 'list',
  maxPauseMs: 'number',
  maxResponseBytes: 'number',
  retry: RETRY_OPTIONS,
  timeoutMs: 'number',
  maxWaitMs: 'number',
  fetch: 'function',
  hooks: HOOKS,
};

/** The options of a client besides those that every client has. */
type OwnServiceOptions<T> = [keyof T] extends [keyof ServiceOptions]
  ? []
  : [own: OptionTypes<Omit<T, keyof ServiceOptions>> & { readonly hooks?: OptionTable }];

/**
 * A service, as its client describes it, for a host. `own` are the options that the client has besides those of every client.
 * Throws {@link ConfigurationError} naming the option that doesn't exist or can't work.
 */
export function defineService<
  Name extends string,
  Op extends Operation,
  Request,
  Options extends ServiceOptions,
>(
  definition: ServiceDefinition<Name, Op, Request>,
  options: Options,
  ...[own]: OwnServiceOptions<Options>
): Service<Name, Op, Request> {
  checkOptions(options, { ...SERVICE_OPTIONS, ...own });
  const { name, operations, wire, probe, origins = [] } = definition;
  const baseUrl = checkedBaseUrl(definition.baseUrl, name, definition.allowHttp);
  const pipeline = (definition.pipeline ?? createPipeline)({
    ...options,
    service: name,
    auth: checkedAuth(options.auth, name),
    limits: options.limits ?? definition.limits,
    timeoutMs: options.timeoutMs ?? definition.timeoutMs,
    classify: definition.classify,
    probe: probe && { ...probe, url: baseUrl + probe.url },
    requestIdHeaders: definition.requestIdHeaders,
    origins: [new URL(baseUrl).origin, ...origins],
  });
  const unknown = (operation: Name): Error =>
    new ConfigurationError(`${name} has no operation ${operation}.`, { service: name });
  return new Service({
    name,
    baseUrl,
    timeoutMs: options.timeoutMs,
    operations,
    missingOperation: definition.missingOperation ?? unknown,
    wire,
    pipeline,
    hooks: options.hooks,
  });
}

function checkedAuth(auth: string | AccessTokenSource, service: string): AccessTokenSource {
  if (typeof auth === 'string') return bearerSource(auth);
  if (typeof auth === 'object' && typeof auth?.getAccessToken === 'function') return auth;
  throw new ConfigurationError('auth must be an access token or a source of access tokens.', { service });
}
