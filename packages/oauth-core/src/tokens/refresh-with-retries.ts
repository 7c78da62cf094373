import {
  ApiError,
  ConfigurationError,
  ContextSdkError,
  NetworkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
  StoreError,
  TimeoutError,
} from '../errors/index.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import { delay } from '../timing/delay.ts';
import { SAVE_BUDGET_MS } from './refresh-context.ts';

const ATTEMPTS = 3;
const FIRST_DELAY_MS = 250;

export interface RefreshOptions {
  client: OAuthClient;
  /** Milliseconds for one token request. */
  timeoutMs: number;
  /** `retry`: a refresh that got no response is sent once more at once. `defer`: one that may have consumed the token is given up. */
  ambiguousRefresh: 'retry' | 'defer';
  /** Whether an earlier refresh, which got no response, may have consumed the refresh token. */
  mayBeConsumed: boolean;
  signal: AbortSignal;
  remainingMs(): number;
}

/** `mayBeConsumed`: the server may have consumed the refresh token, this time or before. */
export type RefreshOutcome =
  { readonly tokenSet: TokenSet } | { readonly error: ContextSdkError; readonly mayBeConsumed: boolean };

/** No response came, so the server may have rotated the refresh token. */
function isUnanswered(error: ContextSdkError): boolean {
  return error instanceof TimeoutError || (error instanceof NetworkError && error.sent);
}

/**
 * Whether the server may have rotated the refresh token in spite of the error: only a refusal proves that it has not. A
 * 500, or a gateway's 502 or 504, is not a refusal.
 */
function mayHaveConsumed(error: ContextSdkError): boolean {
  if (error instanceof NetworkError) return error.sent;
  if (error instanceof ServiceUnavailableError) return (error.status ?? 0) >= 500 && error.status !== 503;
  const isRefusal =
    error instanceof ApiError ||
    error instanceof ConfigurationError ||
    error instanceof ReauthorizationRequiredError;
  return !isRefusal;
}

function isRetryable(error: ContextSdkError): boolean {
  return (
    error instanceof RateLimitError ||
    error instanceof ServiceUnavailableError ||
    error instanceof NetworkError
  );
}

function delayMs(error: ContextSdkError, attempt: number): number {
  const asked = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  const own = FIRST_DELAY_MS * 2 ** (attempt - 1) * (1 + Math.random());
  return Math.max(own, asked ? (error.retryAfterMs ?? 0) : 0);
}

/** What was thrown, as an error for callers. Once the lease expires, a request is aborted with an error of the lease. */
function errorFrom(failure: unknown, service: string): ContextSdkError {
  if (failure instanceof ContextSdkError && !(failure instanceof StoreError)) return failure;
  const message = `The token request to ${service} was given up with its lease.`;
  return new NetworkError(message, { service, sent: true });
}

/**
 * Refreshes with the retries that are safe (docs/facts/oauth.md#lost-responses). A request that was never sent or was refused is
 * repeated after a pause. One that got no response is repeated once, at once: servers that accept a refresh token twice
 * do so for seconds. All of it ends before the lease does.
 */
export async function refreshWithRetries(
  tokenSet: TokenSet,
  options: RefreshOptions,
): Promise<RefreshOutcome> {
  const { client, timeoutMs, signal } = options;
  const service = client.provider.id;
  const fits = (waitMs: number): boolean => options.remainingMs() > waitMs + timeoutMs + SAVE_BUDGET_MS;
  let { mayBeConsumed } = options;
  for (let attempt = 1; ; attempt += 1) {
    let error: ContextSdkError;
    try {
      return { tokenSet: await client.refresh(tokenSet, { timeoutMs, signal }) };
    } catch (failure) {
      error = errorFrom(failure, service);
    }
    if (error instanceof ReauthorizationRequiredError && mayBeConsumed) {
      return { error: new ReauthorizationRequiredError('refresh-lost', { service }), mayBeConsumed };
    }
    const isLost = isUnanswered(error);
    const isDeferred = options.ambiguousRefresh === 'defer' && mayHaveConsumed(error);
    const mayRepeat = isLost ? !mayBeConsumed : isRetryable(error);
    const waitMs = isLost ? 0 : delayMs(error, attempt);
    mayBeConsumed ||= mayHaveConsumed(error);
    if (isDeferred || !mayRepeat || attempt === ATTEMPTS || !fits(waitMs)) return { error, mayBeConsumed };
    await delay(waitMs);
    // The process may have been suspended meanwhile, and another one may be at work.
    if (!fits(0)) return { error, mayBeConsumed };
  }
}
