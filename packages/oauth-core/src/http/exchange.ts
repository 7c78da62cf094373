import type { Hooks } from '../hooks/hooks.ts';
import type { RateLimit, RateLimiter } from '../limiters/rate-limiter.ts';
import type { AccessTokenSource, Credential } from '../tokens/access-token-source.ts';

/** A request that can be sent more than once. */
export interface PreparedRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | ReadableStream | null;
}

/** A service's response once it has arrived whole, as a client's `classify` sees it. */
export interface CompleteResponse {
  readonly operation: string;
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came: what an error shows of it, the pipeline redacts. */
  text(): string;
  /** What was sent, for `withoutSecrets`: an error that a client makes of the text later has to be cleaned, too. */
  readonly request?: PreparedRequest;
}

/** The same with the body as it came, for the client. */
export interface ReceivedResponse extends CompleteResponse {
  readonly bytes: ArrayBuffer;
}

/**
 * What a response means: `undefined` for a success, `unauthorized` if another token may help, else the error. A
 * {@link RateLimitError} pauses everything that shares the limits.
 */
export type Classify = (response: CompleteResponse) => Error | 'unauthorized' | undefined;

/**
 * What sending a request twice would do (RFC 9110 §9.2): `safe` nothing, `idempotent` the same as once, `unsafe`
 * perhaps the same thing twice.
 */
export type Safety = 'safe' | 'idempotent' | 'unsafe';

/** A request that tells whether a token which one route refuses is good. */
export interface CredentialProbe {
  /** Names the request in hooks and errors. */
  operation: string;
  /** Any token of the service may read it, whatever its scopes. */
  url: string;
  /** The error for the response of a route that refuses a good token. Default: {@link PermissionError}. */
  errorFor?: ((response: CompleteResponse) => Error) | undefined;
}

/** How often and how fast failed requests are tried again. */
export interface RetryOptions {
  /** Requests per call at most, the first one included. Default: 3. */
  attempts?: number | undefined;
  /** Milliseconds before the second request, doubling from there with random spread. Default: 500. */
  minDelayMs?: number | undefined;
  /** Milliseconds between two requests at most. Default: 10,000. A service's Retry-After can be longer. */
  maxDelayMs?: number | undefined;
}

/** The options with their defaults. */
export type CheckedRetry = Required<Record<keyof RetryOptions, number>>;

/** What a client's pipeline is made of. */
export interface PipelineOptions {
  /** Named in errors and events, and part of the limiter's key. */
  service: string;
  auth: AccessTokenSource;
  /** Where tokens may go. A request to another origin is refused. */
  origins: readonly string[];
  /** Default: one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** The service's limits per account. */
  limits: readonly RateLimit[];
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire, its response included. Default: 30,000. */
  timeoutMs?: number | undefined;
  /** Bytes of a response at most; a larger one is {@link UnexpectedResponseError}. Default: 64 MiB. */
  maxResponseBytes?: number | undefined;
  /** Milliseconds to wait for the rate limiter, for calls that don't say. Default: as long as it takes. */
  maxWaitMs?: number | undefined;
  /** Milliseconds. A service that asks for a longer pause gets no retry: its own error is thrown at once. Default: 60,000. */
  maxPauseMs?: number | undefined;
  /** Default: the global `fetch`. */
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
  classify: Classify;
  /** Asked before a token counts as rejected. Default: the route's word counts. */
  probe?: CredentialProbe | undefined;
  /** Response headers that may hold the service's request id. */
  requestIdHeaders?: readonly string[] | undefined;
}

/** What every method of a client takes last. */
export interface CallOptions {
  /** Ends the call wherever it is: queued, waiting for a retry, or on the wire. */
  signal?: AbortSignal | undefined;
  /** Milliseconds per request on the wire. */
  timeoutMs?: number | undefined;
  /** Milliseconds for the whole call with its waits and retries. Default: no limit. */
  deadlineMs?: number | undefined;
  /** Milliseconds to wait for the rate limiter; after that, {@link RateLimitError}. 0 never waits. */
  maxWaitMs?: number | undefined;
  /**
   * The grant that the call is meant for (`TokenSet.grantId`). If the connection has another one, nothing is sent:
   * {@link GrantChangedError}. Default: the grant that the call begins with.
   */
  grantId?: string | undefined;
}

/** The grant of a call. All of its requests share it, and the first one settles it. */
export interface GrantPin {
  grantId?: string | undefined;
}

/** One call of a client. */
export interface Call extends CallOptions {
  /** The client's method, for errors and events. */
  operation: string;
  safety: Safety;
  /** Units of the service's limits. Default: 1. */
  cost?: number | undefined;
  /** The grant needs one of these; the first is the one to ask for. If the grant is known to lack all, nothing is sent. */
  scopes?: readonly string[] | undefined;
  /** Bytes of the response at most. Default: that of the client. */
  maxResponseBytes?: number | undefined;
  /** A part of the service that it pauses apart, so that such a pause holds only calls of this lane. */
  lane?: string | undefined;
  /** Shared by all requests of one method. Default: one of this request alone. */
  pin?: GrantPin | undefined;
}

/** A pipeline as its stages see it: the options, completed. */
export interface PipelineParts extends PipelineOptions {
  readonly limiter: RateLimiter;
  readonly retries: CheckedRetry;
  readonly maxResponseBytes: number;
  readonly maxPauseMs: number;
  readonly send: typeof fetch;
  /** Stands in for the account if it is not known. */
  tokenHash?: string;
  /** The token that the probe found good last. */
  proven?: { token: string; at: number };
}

/** One call on its way through the stages. */
export interface Exchange {
  readonly pipeline: PipelineParts;
  readonly call: Call;
  readonly request: PreparedRequest;
  /** Unique in this process. 0 if no hooks are listening. */
  readonly callId: number;
  /** The caller's, or that of the deadline. */
  readonly signal: AbortSignal | undefined;
  /** How far the call has come: stages update it. */
  readonly progress: {
    attempts: number;
    /** What was sent last. */
    credential: Credential | undefined;
    isTokenRenewed: boolean;
    /** What the request was counted for. */
    limiterKey?: string;
    /** What the service answered last, while nothing has been sent since. */
    refusal?: Error | undefined;
  };
  readonly pin: GrantPin;
}

/** What follows a stage: the stages after it, and the request itself. */
export type Next = (exchange: Exchange) => Promise<ReceivedResponse>;

/** One step of every call. It calls `next` as often as its part demands. */
export type Stage = (exchange: Exchange, next: Next) => Promise<ReceivedResponse>;
