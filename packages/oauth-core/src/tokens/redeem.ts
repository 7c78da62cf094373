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
import { delay } from '../delay.ts';

const ATTEMPTS = 3;
const FIRST_DELAY_MS = 250;
/** What storing the new tokens may take, in milliseconds. */
export const PERSIST_BUDGET_MS: number = 5_000;

export interface RedeemOptions {
  client: OAuthClient;
  /** Milliseconds for one token request. */
  timeoutMs: number;
  /** `retry`: a refresh whose answer was lost is sent once more at once. `defer`: it is given up. */
  ambiguousRefresh: 'retry' | 'defer';
  /** Whether an earlier refresh, whose answer never came, may have consumed the refresh token. */
  maybeSpent: boolean;
  signal: AbortSignal;
  remainingMs(): number;
}

/** What came of it. `maybeSpent`: the server may have consumed the refresh token, this time or before. */
export type Redeemed =
  { readonly tokenSet: TokenSet } | { readonly error: ContextSdkError; readonly maybeSpent: boolean };

/** No answer came, so the server may have rotated the refresh token. */
function isUnanswered(error: ContextSdkError): boolean {
  return error instanceof TimeoutError || (error instanceof NetworkError && error.sent);
}

/**
 * Whether the server may have rotated the refresh token all the same: only a refusal is proof that it has not. A 500 or a
 * gateway's 502 or 504 is none.
 */
function mayHaveSpent(error: ContextSdkError): boolean {
  if (error instanceof NetworkError) return error.sent;
  if (error instanceof ServiceUnavailableError) return (error.status ?? 0) >= 500 && error.status !== 503;
  const isRefusal =
    error instanceof ApiError ||
    error instanceof ConfigurationError ||
    error instanceof ReauthorizationRequiredError;
  return !isRefusal;
}

function isPassing(error: ContextSdkError): boolean {
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

/** Whatever was thrown, as an error of ours: with its lease over, a request ends with a reason that is none for callers. */
function errorFrom(failure: unknown, service: string): ContextSdkError {
  if (failure instanceof ContextSdkError && !(failure instanceof StoreError)) return failure;
  const message = `The token request to ${service} was given up with its lease.`;
  return new NetworkError(message, { service, sent: true });
}

/**
 * Redeems a refresh token, with the retries that are safe (docs/facts/oauth.md#lost-responses): a request that was never sent
 * or was refused is repeated after a pause; one whose answer was lost is repeated once, at once, since servers
 * that forgive a repetition do so for seconds. All of it ends before the lease does.
 */
export async function redeem(tokenSet: TokenSet, options: RedeemOptions): Promise<Redeemed> {
  const { client, timeoutMs, signal } = options;
  const service = client.provider.id;
  const fits = (waitMs: number): boolean => options.remainingMs() > waitMs + timeoutMs + PERSIST_BUDGET_MS;
  let { maybeSpent } = options;
  for (let attempt = 1; ; attempt += 1) {
    let error: ContextSdkError;
    try {
      return { tokenSet: await client.refresh(tokenSet, { timeoutMs, signal }) };
    } catch (failure) {
      error = errorFrom(failure, service);
    }
    if (error instanceof ReauthorizationRequiredError && maybeSpent) {
      return { error: new ReauthorizationRequiredError('refresh-lost', { service }), maybeSpent };
    }
    const isLost = isUnanswered(error);
    const mayRepeat = isLost ? options.ambiguousRefresh === 'retry' && !maybeSpent : isPassing(error);
    const waitMs = isLost ? 0 : delayMs(error, attempt);
    maybeSpent ||= mayHaveSpent(error);
    if (!mayRepeat || attempt === ATTEMPTS || !fits(waitMs)) return { error, maybeSpent };
    await delay(waitMs);
    // The process may have been stopped meanwhile, and another one be at work.
    if (!fits(0)) return { error, maybeSpent };
  }
}
