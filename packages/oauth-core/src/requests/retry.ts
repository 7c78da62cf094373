import pRetry from 'p-retry';
import {
  ConfigurationError,
  ContextSdkError,
  NetworkError,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
} from '../errors/index.ts';

/**
 * What sending a request twice would do (RFC 9110 §9.2): `safe` nothing, `idempotent` the same as once, `unsafe`
 * perhaps the same thing twice.
 */
export type Safety = 'safe' | 'idempotent' | 'unsafe';

/** How often and how fast failed requests are tried again. */
export interface RetryOptions {
  /** Requests per call at most, the first one included; 3 unless given. */
  attempts?: number | undefined;
  /** Milliseconds before the second request, doubling from there with random spread; 500 unless given. */
  minDelayMs?: number | undefined;
  /** Milliseconds between two requests at most; 10,000 unless given. A service's Retry-After can be longer. */
  maxDelayMs?: number | undefined;
}

/** Throws {@link ConfigurationError} naming the option that is out of range. */
export function checkedRetry(options: RetryOptions = {}): Required<Record<keyof RetryOptions, number>> {
  const { attempts = 3, minDelayMs = 500, maxDelayMs = 10_000 } = options;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new ConfigurationError('retry.attempts must be a whole number from 1.');
  }
  if (!(minDelayMs >= 0)) throw new ConfigurationError('retry.minDelayMs must not be negative.');
  if (!(maxDelayMs >= minDelayMs)) {
    throw new ConfigurationError('retry.maxDelayMs must not be less than retry.minDelayMs.');
  }
  return { attempts, minDelayMs, maxDelayMs };
}

/** A refused or never sent request did nothing; any other failure may hide an effect (RFC 9110 §9.2.2). */
function mayRetry(error: unknown, safety: Safety): boolean {
  if (error instanceof RateLimitError) return error.status !== undefined;
  if (error instanceof NetworkError) return !error.sent || safety !== 'unsafe';
  if (safety === 'unsafe') return false;
  return error instanceof TimeoutError || error instanceof ServiceUnavailableError;
}

export interface RetryPlan {
  safety: Safety;
  /** False for a body that can be sent only once. */
  repeatable: boolean;
  signal: AbortSignal | undefined;
  onRetry(attempt: number, error: ContextSdkError): void;
}

/** Calls that go well, which are most, never get as far as p-retry. */
export async function withRetries<T>(
  options: ReturnType<typeof checkedRetry>,
  plan: RetryPlan,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  try {
    return await attempt(1);
  } catch (error) {
    return await retry(options, plan, (number) => (number === 1 ? Promise.reject(error) : attempt(number)));
  }
}

function retry<T>(
  options: ReturnType<typeof checkedRetry>,
  plan: RetryPlan,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  return pRetry(attempt, {
    retries: options.attempts - 1,
    minTimeout: options.minDelayMs,
    maxTimeout: options.maxDelayMs,
    randomize: true,
    ...(plan.signal && { signal: plan.signal }),
    shouldRetry({ error, attemptNumber, retriesLeft }) {
      if (!plan.repeatable || retriesLeft === 0 || !mayRetry(error, plan.safety)) return false;
      if (error instanceof ContextSdkError) plan.onRetry(attemptNumber, error);
      return true;
    },
  });
}
