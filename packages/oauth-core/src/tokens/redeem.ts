import {
  ContextSdkError,
  NetworkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
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
  /** Whether an earlier holder of the lease may have consumed the refresh token already. */
  possiblyConsumed: boolean;
  signal: AbortSignal;
  remainingMs(): number;
}

/** The answer of the token endpoint was lost, so the server may have rotated the refresh token. */
function isAmbiguous(error: unknown): boolean {
  if (!(error instanceof ContextSdkError)) return true;
  return error.code === 'timeout' || (error instanceof NetworkError && error.sent);
}

function wasAnsweredOrNotSent(error: unknown): boolean {
  return (
    error instanceof RateLimitError ||
    error instanceof ServiceUnavailableError ||
    error instanceof NetworkError
  );
}

function delayMs(error: unknown, attempt: number): number {
  const asked = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  const own = FIRST_DELAY_MS * 2 ** (attempt - 1) * (1 + Math.random());
  return Math.max(own, asked ? (error.retryAfterMs ?? 0) : 0);
}

/**
 * Redeems a refresh token, with the retries that are safe (oauth.md §2.1, I-12): a request that was never sent
 * or was refused is repeated after a pause; one whose answer was lost is repeated once, at once, since servers
 * that forgive a repetition do so for seconds. All of it ends before the lease does.
 */
export async function redeem(tokenSet: TokenSet, options: RedeemOptions): Promise<TokenSet> {
  const { client, timeoutMs, signal } = options;
  let { possiblyConsumed } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.refresh(tokenSet, { timeoutMs, signal });
    } catch (error) {
      if (error instanceof ReauthorizationRequiredError && possiblyConsumed) {
        throw new ReauthorizationRequiredError('refresh-lost', { service: client.provider.id });
      }
      const ambiguous = isAmbiguous(error);
      const mayRepeat = ambiguous
        ? options.ambiguousRefresh === 'retry' && !possiblyConsumed
        : wasAnsweredOrNotSent(error);
      possiblyConsumed ||= ambiguous;
      const waitMs = ambiguous ? 0 : delayMs(error, attempt);
      const fits = options.remainingMs() > waitMs + timeoutMs + PERSIST_BUDGET_MS;
      if (!mayRepeat || attempt === ATTEMPTS || !fits) throw error;
      await delay(waitMs);
    }
  }
}
