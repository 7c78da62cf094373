import { sha256 } from '../crypto/sha256.ts';
import {
  ApiError,
  ConfigurationError,
  type ContextSdkError,
  MissingScopeError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '../errors/index.ts';
import { memoryRateLimiter } from '../limiters/memory/memory-rate-limiter.ts';
import type { RateLimit, RateLimiter } from '../limiters/rate-limiter.ts';
import { raceAbort } from '../timing/race-abort.ts';
import type { AccessTokenSource } from '../tokens/access-token-source.ts';
import type { Classify } from './answer.ts';
import { type Hooks, notify, type RateLimitEvent } from '../hooks/hooks.ts';
import { isRepeatable, type PreparedRequest, prepareRequest } from './prepared-request.ts';
import { checkedRetry, type Safety, type RetryOptions, withRetries } from './retry.ts';
import { retryAfterMs } from '../timing/retry-after.ts';
import { type CompleteAnswer, sendOnce } from './send-once.ts';
import { watchCall } from './watch-call.ts';
import { runWithTimeout } from '../timing/run-with-timeout.ts';

/** What a client's pipeline is made of. */
export interface PipelineOptions {
  /** Named in errors and events, and part of the limiter's key. */
  service: string;
  auth: AccessTokenSource;
  /** Where tokens may go; a request to another origin is refused. */
  origins: readonly string[];
  /** Instead of the one that all clients of this process share. */
  rateLimiter?: RateLimiter | undefined;
  /** The service's limits per account. */
  limits: readonly RateLimit[];
  retry?: RetryOptions | undefined;
  /** Milliseconds per request on the wire, its answer included; 30,000 unless given. */
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
  hooks?: Hooks | undefined;
  classify: Classify;
  /** Response headers that may hold the service's request id. */
  requestIdHeaders?: readonly string[] | undefined;
}

/** What every method of a client takes last. */
export interface CallOptions {
  /** Ends the call wherever it is: queued, waiting for a retry, or on the wire. */
  signal?: AbortSignal | undefined;
  /** Milliseconds per request on the wire. */
  timeoutMs?: number | undefined;
  /** Milliseconds for the whole call with its waits and retries; no limit unless given. */
  deadlineMs?: number | undefined;
  /** Milliseconds to wait for the rate limiter; past them, {@link RateLimitError}. 0 never waits. */
  maxWaitMs?: number | undefined;
}

/** One call of a client. */
export interface Call extends CallOptions {
  /** The client's method, for errors and events. */
  operation: string;
  safety: Safety;
  /** Units of the service's limits; 1 unless given. */
  cost?: number | undefined;
  /** Scopes of which the grant needs one, the one to ask for first; where it is known to lack all, nothing is sent. */
  scopes?: readonly string[] | undefined;
  /** From when `deadlineMs` counts, on the clock of `performance.now()`. Default: now. */
  startedAt?: number | undefined;
}

/** Carries every request of a client: token, limits, retries, timeouts, events, and errors that show nothing. */
export interface Pipeline {
  /** A `fetch` for one call of the client. It rejects with typed errors for answers that are failures. */
  fetchFor(call: Call): typeof fetch;
}

/** A call with the number by which hooks know it. */
type WatchedCall = Call & { callId: number };

/** At most so often is a request queued again because its token ended in the queue. */
const MOST_FORFEITS = 3;
/** What takes less was no wait: a busy process, or the limiter's own round trip. */
const LEAST_WAIT_MS = 10;

let limiterOfThisProcess: RateLimiter | undefined;

function tokenRenewed(service: string): ApiError {
  const message = `${service} rejected the access token. There is a new one, but the body was a stream: send it again.`;
  return new ApiError(message, { service, status: 401 }, 'api_error', true);
}

class RequestPipeline implements Pipeline {
  readonly #options: PipelineOptions;
  readonly #limiter: RateLimiter;
  readonly #retry: ReturnType<typeof checkedRetry>;
  readonly #fetch: typeof fetch;
  #limiterKey: string | undefined;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#limiter = options.rateLimiter ?? (limiterOfThisProcess ??= memoryRateLimiter());
    this.#retry = checkedRetry(options.retry);
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  fetchFor(call: Call): typeof fetch {
    return async (input, init) => {
      call.signal?.throwIfAborted();
      const request = await prepareRequest(input, init);
      this.#checkOrigin(request.url);
      const { service, hooks } = this.#options;
      const about = { service, operation: call.operation };
      const answer = await watchCall(hooks, about, (callId) =>
        this.#withDeadline(call, (signal) => this.#tryUntilAnswered({ ...call, callId }, request, signal)),
      );
      return answer.toResponse();
    };
  }

  #checkOrigin({ origin }: URL): void {
    if (this.#options.origins.includes(origin)) return;
    const { service } = this.#options;
    throw new ConfigurationError(`${service} tokens are not sent to ${origin}.`, { service });
  }

  #withDeadline<T>(call: Call, work: (signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
    const { operation, deadlineMs, signal, startedAt } = call;
    if (deadlineMs === undefined) return work(signal);
    const elapsedMs = startedAt === undefined ? 0 : performance.now() - startedAt;
    const timeout = { service: this.#options.service, timeoutMs: deadlineMs, elapsedMs, signal };
    return runWithTimeout(operation, timeout, work);
  }

  #tryUntilAnswered(
    call: WatchedCall,
    request: PreparedRequest,
    signal: AbortSignal | undefined,
  ): Promise<CompleteAnswer> {
    const { service, hooks } = this.#options;
    const { operation, safety, callId } = call;
    const repeatable = isRepeatable(request);
    const state = { attempt: 0, refreshed: false };
    const plan = {
      safety,
      repeatable,
      signal,
      onRetry: (attempt: number, error: ContextSdkError) =>
        notify(hooks, 'onRetry', { service, operation, callId, attempt, error }),
    };
    return withRetries(this.#retry, plan, () => this.#try(call, request, signal, state));
  }

  async #try(
    call: WatchedCall,
    request: PreparedRequest,
    signal: AbortSignal | undefined,
    state: { attempt: number; refreshed: boolean },
  ): Promise<CompleteAnswer> {
    const { auth, service, classify } = this.#options;
    const { answer, token } = await this.#dispatch(call, request, signal, ++state.attempt);
    const verdict = classify(answer);
    if (verdict === undefined) {
      await this.#pause(call, 'asked', retryAfterMs(answer.headers));
      return answer;
    }
    if (verdict !== 'unauthorized') {
      if (verdict instanceof RateLimitError) await this.#pause(call, 'refused', verdict.retryAfterMs);
      if (verdict instanceof ServiceUnavailableError) await this.#pause(call, 'asked', verdict.retryAfterMs);
      throw verdict;
    }
    if (state.refreshed) throw new ReauthorizationRequiredError('rejected', { service });
    state.refreshed = true;
    await raceAbort(auth.getAccessToken({ rejected: token, signal }), signal);
    if (!isRepeatable(request)) throw tokenRenewed(service);
    return await this.#try(call, request, signal, state);
  }

  /** Takes a permit with a token that is good at that moment; one that ended in the queue forfeits the permit. */
  async #dispatch(
    call: WatchedCall,
    request: PreparedRequest,
    signal: AbortSignal | undefined,
    attempt: number,
  ): Promise<{ answer: CompleteAnswer; token: string }> {
    const { auth, limits } = this.#options;
    const { cost, maxWaitMs } = call;
    for (let forfeits = 0; ; forfeits += 1) {
      // Also where the host's own source, or its store, knows of no signal.
      const ready = await raceAbort(auth.getAccessToken({ signal }), signal);
      await this.#checkScopes(call);
      const key = (this.#limiterKey ??= await this.#keyFor(ready));
      const queuedAt = performance.now();
      const sent = await this.#limiter.run(
        key,
        async () => {
          const token = auth.current && forfeits < MOST_FORFEITS ? auth.current() : ready;
          if (token === undefined) return undefined;
          const waitedMs = performance.now() - queuedAt;
          if (waitedMs >= LEAST_WAIT_MS) this.#reportLimit(call, 'waited', waitedMs);
          return { token, answer: await this.#send(call, request, token, signal, attempt) };
        },
        { limits, cost, signal, maxWaitMs },
      );
      if (sent !== undefined) return sent;
    }
  }

  async #checkScopes({ scopes }: Call): Promise<void> {
    const { auth, service } = this.#options;
    if (scopes === undefined || !(await auth.lacks?.(scopes))) return;
    throw new MissingScopeError(scopes.slice(0, 1), { service });
  }

  async #keyFor(token: string): Promise<string> {
    const { auth, service } = this.#options;
    return `${service}/${auth.account ?? (await sha256(token)).slice(0, 22)}`;
  }

  async #send(
    { operation, callId, timeoutMs }: WatchedCall,
    request: PreparedRequest,
    token: string,
    signal: AbortSignal | undefined,
    attempt: number,
  ): Promise<CompleteAnswer> {
    const { service, auth, hooks, requestIdHeaders = [] } = this.#options;
    const { method, url } = request;
    const event = { service, operation, callId, method, host: url.host, path: url.pathname, attempt };
    notify(hooks, 'onRequest', event);
    const sentAt = performance.now();
    const answer = await sendOnce(
      request,
      { scheme: auth.scheme ?? 'Bearer', token },
      {
        service,
        operation,
        timeoutMs: timeoutMs ?? this.#options.timeoutMs ?? 30_000,
        signal,
        fetch: this.#fetch,
      },
    );
    const requestId = requestIdHeaders.map((name) => answer.headers.get(name)).find(Boolean);
    notify(hooks, 'onResponse', {
      ...event,
      status: answer.status,
      durationMs: performance.now() - sentAt,
      ...(requestId && { requestId }),
    });
    return answer;
  }

  #reportLimit({ operation, callId }: WatchedCall, reason: RateLimitEvent['reason'], ms: number): void {
    const { service, hooks } = this.#options;
    notify(hooks, 'onRateLimit', { service, operation, callId, reason, ms });
  }

  async #pause(call: WatchedCall, reason: 'refused' | 'asked', ms: number | undefined): Promise<void> {
    if (!ms || this.#limiterKey === undefined) return;
    this.#reportLimit(call, reason, ms);
    await this.#limiter.pause(this.#limiterKey, ms);
  }
}

/** Throws {@link ConfigurationError} naming the option that is out of range. */
export function createPipeline(options: PipelineOptions): Pipeline {
  return new RequestPipeline(options);
}
